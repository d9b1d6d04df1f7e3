import { describe, expect, it } from '@jest/globals';
import type { AttemptScope } from '../attempt/index.ts';
import { z } from '../base/zod.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { resumeEdited } from './testing-local/resume-edited.ts';
import { sketch } from './testing-local/run-pipeline.ts';
import { withFacts } from './testing-local/with-facts.ts';

class Range {
  readonly from: number;
  readonly to: number;

  constructor(from: number, to: number) {
    this.from = from;
    this.to = to;
  }
}

const bounds = z.object({ from: z.number(), to: z.number(), note: z.string().default('') });

const SCHEMAS = {
  'a class instance among others': bounds.transform(({ from, to, note }) => ({
    range: new Range(from, to),
    note,
  })),
  'a class instance': bounds.transform(({ from, to }) => new Range(from, to)),
  'another name': bounds.transform(({ from, to, note }) => ({ range: { from, to }, note })),
  'a Map': bounds.transform(({ from, to, note }) => ({
    range: new Map([
      ['from', from],
      ['to', to],
    ]),
    note,
  })),
  'a Date': bounds.transform(({ from, note }) => ({ range: new Date(from), note })),
  'a list': bounds.transform(({ from, to }) => [from, to]),
} as const;

/** A stage that reads `range`, or the whole where that is no object of parts. */
function ranged(params: z.ZodType, given: object): ModelPipeline {
  const run = ({ params: own }: AttemptScope): object => {
    const { range = own } = own as { range?: unknown };
    return { out: JSON.stringify(range instanceof Map ? [...range] : range) };
  };
  return sketch({ s: { with: given, does: { spec: { params }, run } } });
}

describe('params that a schema makes into something else', () => {
  it.each(Object.entries(SCHEMAS))('such as %s count where they are read', async (_as, schema) => {
    const { ran } = await resumeEdited(
      ranged(schema, { from: 1, to: 2 }),
      ranged(schema, { from: 5, to: 2 }),
    );
    expect(ran).toEqual(['s']);
  });

  it.each(['another name', 'a Map', 'a Date'] as const)(
    'such as %s do not count where they are not',
    async (name) => {
      const { ended } = await resumeEdited(
        ranged(SCHEMAS[name], { from: 1, to: 2, note: 'old' }),
        ranged(SCHEMAS[name], { from: 1, to: 2, note: 'new' }),
      );
      expect(ended).toBeUndefined();
    },
  );

  it('count as a whole where what is recorded has another form than what is read', async () => {
    const schema = SCHEMAS['a class instance among others'];
    const { verdicts } = await resumeEdited(
      ranged(schema, { from: 1, to: 2, note: 'old' }),
      ranged(schema, { from: 1, to: 2, note: 'new' }),
    );
    expect(verdicts.s).toBe('run: with.note "old" -> "new"');
  });

  it('count as a whole where only what was written down tells which part is secret', async () => {
    const schema = z.object({ token: z.string(), from: z.number() }).transform((given) => ({
      login: `Bearer ${given.token}`,
      range: { from: given.from },
    }));
    const hidden = (from: number): ModelPipeline =>
      withFacts(ranged(schema, { token: 'hunter2', from }), {
        s: { secrets: new Map([['with.token', 'the secret TOKEN']]) },
      });
    const { verdicts } = await resumeEdited(hidden(1), hidden(5));
    expect(verdicts.s).toBe('run: with.from 1 -> 5');
  });

  it('are compared after defaults were filled in', async () => {
    const schema = z.object({ window: z.number().default(20) });
    const read = (given: object): ModelPipeline =>
      sketch({
        s: {
          with: given,
          does: {
            spec: { params: schema },
            run: ({ params }) => ({ out: (params as { window: number }).window }),
          },
        },
      });
    expect((await resumeEdited(read({}), read({ window: 20 }))).ended).toBeUndefined();
    expect((await resumeEdited(read({}), read({ window: 30 }))).verdicts.s).toBe(
      'run: with.window 20 -> 30',
    );
  });

  it('are a copy of their own for each attempt where they cannot be frozen', async () => {
    const seen: unknown[] = [];
    const run = ({ params }: AttemptScope): object => {
      const { range } = params as { range: Map<string, number> };
      seen.push([...range.values()]);
      range.clear();
      if (seen.length < 3) throw new RangeError('again');
      return {};
    };
    const pipeline = sketch({
      s: {
        with: { from: 1, to: 2 },
        retry: { attempts: 3, delay: '0ms' },
        does: { spec: { params: SCHEMAS['a Map'] }, run },
      },
    });
    await resumeEdited(sketch({ s: () => ({}) }), pipeline);
    expect(seen).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
  });
});

describe('what a stage read of its params', () => {
  it('is what the attempt that succeeded read', async () => {
    let isFirst = true;
    const flaky = (given: object): ModelPipeline =>
      sketch({
        s: {
          with: given,
          retry: { attempts: 2, delay: '0ms' },
          does: ({ params }) => {
            const own = params as Record<string, number>;
            if (!isFirst) return { out: own.a };
            isFirst = false;
            throw new RangeError(`${own.b} was too slow`);
          },
        },
      });
    const { ended } = await resumeEdited(flaky({ a: 1, b: 1 }), flaky({ a: 1, b: 2 }));
    expect(ended).toBeUndefined();
  });

  it('does not count for a stage that a fallback stands in for: it failed, and runs again', async () => {
    const failing = (given: object): ModelPipeline =>
      sketch({
        s: {
          with: given,
          fallback: { out: 1 },
          does: () => {
            throw new RangeError('no');
          },
        },
      });
    const { verdicts } = await resumeEdited(failing({ a: 1 }), failing({ a: 2 }));
    expect(verdicts.s).toBe('run: it failed');
  });

  it('counts nothing of a fallback that was not needed, whose own edit counts as one of the stage', async () => {
    const spare = (b: number): ModelPipeline =>
      sketch({ s: { fallback: { out: b }, does: () => ({ out: 0 }) } });
    expect((await resumeEdited(spare(1), spare(1))).ended).toBeUndefined();
    const { verdicts } = await resumeEdited(spare(1), spare(2));
    expect(verdicts.s).toBe('run: the keys that it writes, or its fallback, changed');
  });
});
