import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { turns } from './testing-local/gate.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { execute, sketch, stageIn, statuses } from './testing-local/run-pipeline.ts';

const x = z.object({ x: z.number() });

describe('two stages that declare nothing and that no dependency orders', () => {
  it.each([
    ['at-once', false],
    ['at-once', true],
    ['later', true],
  ] as const)(
    'cannot both write a key (store answers %s, groups: %s)',
    async (answers, groupsCommits) => {
      const { result } = await execute(
        sketch(
          { a: async () => ({ x: 1 }), b: async () => ({ x: 2 }) },
          { failureMode: 'continue' },
        ),
        { store: new RecordingStore({ answers, groupsCommits }) },
      );
      expect(statuses(result)).toEqual({ a: 'succeeded', b: 'failed' });
      expect(stageIn(result, 'b').failure).toMatchObject({
        reason: 'write-conflict',
        code: 'WRITE_CONFLICT',
        phase: 'outputs',
        message: 'stage "b" wrote "x", which stage "a" writes too, and neither needs the other',
      });
      expect(result.context.get('x')).toBe(1);
    },
  );

  it('is refused against a kept write of an earlier session too', async () => {
    const store = new RecordingStore();
    let isBroken = true;
    const pipeline = sketch(
      {
        a: () => ({ x: 1 }),
        b: () => {
          if (isBroken) throw new RangeError('no');
          return { x: 2 };
        },
      },
      { failureMode: 'continue' },
    );
    const { handle } = await execute(pipeline, { store });
    isBroken = false;
    const { result } = await execute(pipeline, { store, resume: handle.id });
    expect(stageIn(result, 'b').failure?.reason).toBe('write-conflict');
  });

  it('claim nothing when they fail for another key', async () => {
    const { result } = await execute(
      sketch(
        {
          a: () => ({ x: 1 }),
          b: async () => {
            await turns(1);
            return { y: 1, x: 2 };
          },
          c: async () => {
            await turns(3);
            return { y: 2 };
          },
        },
        { failureMode: 'continue' },
      ),
    );
    expect(statuses(result)).toEqual({ a: 'succeeded', b: 'failed', c: 'succeeded' });
  });
});

describe('a stage that declares nothing', () => {
  it('cannot write a key that an unordered stage declares, whichever is first', async () => {
    for (const [first, second] of [
      [0, 2],
      [2, 0],
    ] as const) {
      const { result } = await execute(
        sketch(
          {
            declared: {
              does: {
                spec: { outputs: x },
                run: async () => {
                  await turns(first);
                  return { x: 1 };
                },
              },
            },
            free: async () => {
              await turns(second);
              return { x: 2 };
            },
          },
          { failureMode: 'continue' },
        ),
      );
      expect(statuses(result)).toEqual({ declared: 'succeeded', free: 'failed' });
    }
  });

  it('cannot write a key that stages before and beside it declare', async () => {
    const writer = { spec: { outputs: x }, run: () => ({ x: 1 }) };
    const { result } = await execute(
      sketch(
        {
          before: { does: writer },
          free: { needs: ['before'], does: () => ({ x: 2 }) },
          beside: { needs: ['before'], does: writer },
        },
        { failureMode: 'continue' },
      ),
    );
    expect(statuses(result)).toEqual({
      before: 'succeeded',
      free: 'failed',
      beside: 'succeeded',
    });
    expect(stageIn(result, 'free').failure?.message).toContain('"beside"');
  });

  it('may write what an ancestor or a descendant declares, and the nearest one is read', async () => {
    const seen: unknown[] = [];
    const look = {
      run: ({ inputs }: { inputs: unknown }) => void seen.push((inputs as { x: number }).x),
    };
    const { result } = await execute(
      sketch({
        top: { does: { spec: { outputs: x }, run: () => ({ x: 1 }) } },
        free: { needs: ['top'], does: () => ({ x: 2 }) },
        bottom: { needs: ['free'], does: { spec: { outputs: x }, run: () => ({ x: 3 }) } },
        one: { needs: ['top'], does: { spec: { inputs: x, outputs: z.object({}) }, ...look } },
        two: { needs: ['free'], does: { spec: { inputs: x, outputs: z.object({}) }, ...look } },
        three: { needs: ['bottom'], does: { spec: { inputs: x, outputs: z.object({}) }, ...look } },
      }),
    );
    expect(result.status).toBe('succeeded');
    expect(seen.toSorted()).toEqual([1, 2, 3]);
    expect(result.context.get('x')).toBe(3);
  });

  it('sees the writes of its ancestors only, whatever ran before it', async () => {
    const { result } = await execute(
      sketch({
        a: () => ({ a: 1 }),
        b: () => ({ b: 1 }),
        c: { needs: ['b'], does: ({ context }) => ({ seen: [context.keys(), context.has('a')] }) },
      }),
      { concurrency: 1 },
    );
    expect(result.context.get('seen')).toEqual([['b'], false]);
  });
});

describe('many writers of one key in a chain', () => {
  it('cost each other nothing: 3,000 stages that declare nothing', async () => {
    const stages = Object.fromEntries(
      Array.from({ length: 3000 }, (_, n) => [
        `s${n}`,
        { needs: n === 0 ? [] : [`s${n - 1}`], does: () => ({ x: n }) },
      ]),
    );
    const began = performance.now();
    const { result } = await execute(sketch(stages));
    expect(result.context.get('x')).toBe(2999);
    expect(performance.now() - began).toBeLessThan(15_000);
  }, 60_000);
});
