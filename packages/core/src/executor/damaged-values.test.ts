import { describe, expect, it } from '@jest/globals';
import { encodeValue, sealValue } from '../base/codec/index.ts';
import { z } from '../base/zod.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import type { StageParts } from '../runner/testing-local/stage-of.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { execute, explanations, sketch, statuses } from './testing-local/run-pipeline.ts';
import { updateChain, writesOf } from './testing-local/update-chain.ts';

/** a writes x, b reads it and writes y, c reads y and fails at first; leaf writes what nobody reads. */
function threeAndALeaf(): {
  readonly pipeline: ModelPipeline;
  readonly ran: string[];
  fix: () => void;
} {
  const ran: string[] = [];
  let isBroken = true;
  const reader = (id: string, from: string, to: string): StageParts => ({
    spec: { inputs: z.object({ [from]: z.any() }), outputs: z.object({ [to]: z.any() }) },
    run: ({ inputs }) => {
      ran.push(id);
      if (id === 'c' && isBroken) throw new RangeError('no');
      return { [to]: [(inputs as Record<string, unknown>)[from]] };
    },
  });
  const pipeline = sketch(
    {
      a: {
        does: {
          spec: { outputs: z.object({ x: z.any() }) },
          run: () => {
            ran.push('a');
            return { x: 1 };
          },
        },
      },
      b: { needs: ['a'], does: reader('b', 'x', 'y') },
      c: { needs: ['b'], does: reader('c', 'y', 'z') },
      leaf: {
        needs: ['a'],
        does: {
          spec: { inputs: z.object({}), outputs: z.object({ leaf: z.any() }) },
          run: () => {
            ran.push('leaf');
            return { leaf: 'kept' };
          },
        },
      },
    },
    { failureMode: 'continue' },
  );
  const fix = (): void => {
    isBroken = false;
  };
  return { pipeline, ran, fix };
}

const another = sealValue('another', 'x');

describe.each(['is missing', 'is another one', 'was swapped', 'was cut'] as const)(
  'a kept value that %s',
  (how) => {
    function damage(store: RecordingStore, hash: string): void {
      const sound = store.inner.loadValue(hash);
      if (sound === undefined || !another.ok) throw new RangeError('the value was never stored');
      const swapped = encodeValue(another.value);
      const damaged = {
        'is missing': undefined,
        'is another one': { ...swapped, hash },
        'was swapped': swapped,
        'was cut': { ...sound, body: String(sound.body).slice(1) } as typeof sound,
      };
      store.damage(hash, damaged[how]);
    }

    async function resumeWithDamage(
      stage: string,
      options: { readonly loadContext?: boolean } = {},
    ): Promise<{ ran: string[]; why: unknown; statuses: unknown; context: unknown }> {
      const store = new RecordingStore({ answers: 'later' });
      const { pipeline, ran, fix } = threeAndALeaf();
      const { handle } = await execute(pipeline, { store });
      damage(store, writesOf(store, handle.id)[stage]?.[0]?.hash ?? '');
      // What runs again writes the same value, and that one can be read.
      fix();
      ran.length = 0;
      const resumed = await execute(pipeline, { store, resume: handle.id, ...options }).catch(
        (error: unknown) => ({ error }),
      );
      if ('error' in resumed) throw resumed.error;
      const index = pipeline.graph.indexById.get(stage) ?? -1;
      return {
        ran,
        why: explanations(resumed.handle.plan)[index],
        statuses: statuses(resumed.result),
        context: options.loadContext === false ? undefined : resumed.result.context.toObject(),
      };
    }

    it('makes its writer and what needs it run again', async () => {
      const { ran, why, context } = await resumeWithDamage('b');
      expect(ran).toEqual(['b', 'c']);
      expect(why).toMatch(/^its checkpoint is damaged: .*stage "b".*"y"/);
      expect(context).toEqual({ x: 1, y: [1], z: [[1]], leaf: 'kept' });
    });

    it('though no stage to be run reads it, makes its writer run again', async () => {
      const { ran, why, context } = await resumeWithDamage('leaf');
      expect(ran.toSorted()).toEqual(['c', 'leaf']);
      expect(why).toContain('damaged');
      expect(context).toEqual({ x: 1, y: [1], z: [[1]], leaf: 'kept' });
    });

    it('is not looked at when the caller wants no context and no stage reads it', async () => {
      const { ran } = await resumeWithDamage('leaf', { loadContext: false });
      expect(ran).toEqual(['c']);
    });

    it('of the initial context cannot be made again, and the resume says so', async () => {
      const store = new RecordingStore();
      const pipeline = sketch(
        {
          'the initial context': () => ({ other: 1 }),
          bad: ({ inputs }) => {
            throw new RangeError(JSON.stringify(inputs));
          },
        },
        { inputs: ['given'], failureMode: 'continue' },
      );
      const { handle } = await execute(pipeline, { store, context: { given: [1, 2] } });
      damage(store, store.inner.findRun(handle.id)?.context[0]?.hash ?? '');
      await expect(execute(pipeline, { store, resume: handle.id })).rejects.toMatchObject({
        code: 'CHECKPOINT_CORRUPT',
        message: expect.stringContaining('the initial context'),
      });
      expect(store.inner.findRun(handle.id)?.owner).toBeUndefined();
    });
  },
);

describe('a short value within its record', () => {
  it.each([
    ['that is another one', 'json:2'],
    ['that was cut', 'json:'],
    ['that is none', 'jso'],
  ])('%s makes its writer and what needs it run again', async (_how, short) => {
    const store = new RecordingStore({ keepsShortValues: true });
    const { pipeline, ran, fix } = threeAndALeaf();
    const { handle } = await execute(pipeline, { store });
    const sound = store.inner.loadStages(handle.id);
    store.inner.loadStages = () =>
      sound.map((record) =>
        record.stage === 'a'
          ? { ...record, writes: record.writes.map((write) => ({ ...write, short })) }
          : record,
      );
    fix();
    ran.length = 0;
    const { result, handle: resumed } = await execute(pipeline, { store, resume: handle.id });
    expect(ran[0]).toBe('a');
    expect(explanations(resumed.plan)[0]).toMatch(/^its checkpoint is damaged: .*stage "a".*"x"/);
    expect(result.context.toObject()).toEqual({ x: 1, y: [1], z: [[1]], leaf: 'kept' });
  });
});

describe('a damaged patch in the middle of a chain', () => {
  it('makes its own writer run again, and all after it', async () => {
    const store = new RecordingStore();
    const broken = { at: 'last' };
    const pipeline = updateChain(broken);
    const { handle } = await execute(pipeline, { store });
    const [write] = writesOf(store, handle.id).plain ?? [];
    store.damage(write?.hash ?? '');
    broken.at = '';
    const { result } = await execute(pipeline, { store, resume: handle.id });
    expect(statuses(result)).toEqual({
      first: 'reused',
      push: 'reused',
      twice: 'reused',
      mixed: 'reused',
      'mixed back': 'reused',
      whole: 'reused',
      exotic: 'reused',
      plain: 'succeeded',
      last: 'succeeded',
    });
    expect(result.context.get('state')).toEqual({ list: [1, 2, 3, 4, 5] });
  });
});
