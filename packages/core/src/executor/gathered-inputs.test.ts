import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import type { ReadKeys } from '../definition/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { keyed, type Params } from './testing-local/keyed.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { type Resumed, resumeEdited } from './testing-local/resume-edited.ts';
import { execute, sketch, stageIn } from './testing-local/run-pipeline.ts';

interface Values {
  readonly a?: unknown;
  readonly b?: unknown;
  readonly c?: unknown;
}

const list = keyed(['all'], ['seen'], ({ all }) => ({ seen: all }));

/** Three stages write their keys; the last one reads what `reads` says. */
function gathering(reads: ReadKeys, { a = 1, b = 2, c = 3 }: Values = {}): ModelPipeline {
  const writer = (key: string, value: unknown): object => ({
    with: { value },
    does: keyed([], [`${key}?`], (_, own: Params) =>
      own.value === null ? {} : { [key]: own.value },
    ),
  });
  return sketch({
    a: writer('a', a) as never,
    b: writer('b', b) as never,
    c: writer('c', c) as never,
    last: {
      needs: ['a', 'b', 'c'],
      reads: { all: typeof reads === 'string' ? reads : [...reads] },
      does: list,
    },
  });
}

async function edited(first: ModelPipeline, second: ModelPipeline): Promise<Resumed> {
  return resumeEdited(first, second, { store: new RecordingStore({ answers: 'later' }) });
}

describe('an input that gathers several keys', () => {
  it('is a frozen list of their values in the order of the keys', async () => {
    const run = ({ inputs }: { inputs: unknown }): object => {
      const { all } = inputs as { all: unknown[] };
      return { seen: [all, Object.isFrozen(all)] };
    };
    const pipeline = sketch(
      {
        a: { does: () => ({ a: new Date(1) }) },
        last: {
          needs: ['a'],
          reads: { all: ['start', 'a', 'start'] },
          does: { spec: { inputs: z.object({ all: z.any() }) }, run },
        },
      },
      { context: { start: [1] } },
    );
    const { result } = await execute(pipeline);
    expect(result.context.get('seen')).toEqual([[[1], new Date(1), [1]], true]);
  });

  it('holds nothing at the place of a key that was left out', async () => {
    const { result } = await execute(gathering(['a', 'b', 'c'], { b: null }));
    expect(result.context.get('seen')).toEqual([1, undefined, 3]);
  });

  it('is checked by the schema of the stage as a list', async () => {
    const strict = { spec: { inputs: z.object({ all: z.array(z.number()) }) }, run: () => ({}) };
    const pipeline = sketch(
      { last: { reads: { all: ['x', 'y'] }, does: strict } },
      { context: { x: 1, y: 'two' } },
    );
    const { result } = await execute(pipeline);
    expect(stageIn(result, 'last').failure).toMatchObject({
      code: 'STAGE_INPUT_INVALID',
      message: expect.stringContaining('all[1]'),
    });
  });

  it.each<[string, Values, string]>([
    ['a value', { b: 5 }, 'runs if input all[1] changes: "b" runs'],
    ['one that goes', { c: null }, 'runs if input all[2] changes: "c" runs'],
  ])('makes its stage run again for %s among them', async (_what, values, why) => {
    const { verdicts, ran } = await edited(
      gathering(['a', 'b', 'c']),
      gathering(['a', 'b', 'c'], values),
    );
    expect(verdicts.last).toBe(`undecided: ${why}`);
    expect(ran.at(-1)).toBe('last');
  });

  it.each<[string, ReadKeys, ReadKeys, unknown]>([
    ['one more', ['a', 'b'], ['a', 'b', 'c'], [1, 2, 3]],
    ['one less', ['a', 'b', 'c'], ['a', 'b'], [1, 2]],
    ['another order', ['a', 'b'], ['b', 'a'], [2, 1]],
    ['one instead of a list', ['a'], 'a', 1],
    ['a list instead of one', 'a', ['a'], [1]],
    ['nothing but another key', 'a', 'b', 2],
  ])('makes its stage run again for %s', async (_what, before, after, seen) => {
    const { verdicts, ran, context } = await edited(gathering(before), gathering(after));
    expect(verdicts.last).toMatch(/^run: /);
    expect([ran, context?.seen]).toEqual([['last'], seen]);
  });

  it('keeps its stage where other keys hold the same values', async () => {
    const same = { a: 1, b: 1, c: 1 };
    const [first, second] = [gathering(['a', 'b', 'c'], same), gathering(['c', 'a', 'b'], same)];
    expect((await edited(first, second)).ended).toBeUndefined();
  });
});
