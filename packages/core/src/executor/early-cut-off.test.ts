import { describe, expect, it } from '@jest/globals';
import type { Durability } from '../definition/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { keyed } from './testing-local/keyed.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { resumeEdited } from './testing-local/resume-edited.ts';
import { type SketchedStage, sketch, statuses } from './testing-local/run-pipeline.ts';

/** Writes its params. */
const params = keyed([], ['x?'], (_, own) => ({ ...own }));

/** `a` writes x as it is told to; b stands on it, and c on b. */
function line(
  x: unknown,
  change: Partial<Record<'a' | 'b' | 'c', Partial<SketchedStage>>> = {},
): ModelPipeline {
  return sketch({
    a: { with: x === undefined ? {} : { x }, does: params, ...change.a },
    b: { needs: ['a'], does: keyed(['x?'], ['y'], ({ x: got }) => ({ y: [got] })), ...change.b },
    c: { needs: ['b'], does: keyed(['y'], ['z'], ({ y }) => ({ z: [y] })), ...change.c },
  });
}

/** A version that a is given so that it runs again though it writes the same. */
const again = { does: keyed([], ['x?'], () => ({ x: 1 }), { version: '2' }) };

describe('a stage that ran again and wrote what it wrote before', () => {
  it.each<[Durability, 'at-once' | 'later', boolean]>([
    ['strict', 'at-once', false],
    ['strict', 'later', true],
    ['pipelined', 'at-once', true],
    ['pipelined', 'later', false],
    ['none', 'later', true],
  ])(
    'lets the stages below be kept (%s, a store that answers %s, grouped: %s)',
    async (durability, answers, groupsCommits) => {
      const store = new RecordingStore({ answers, groupsCommits });
      const { verdicts, ran, told, ended, context } = await resumeEdited(
        line(1),
        line(1, { a: again }),
        { store, durability },
      );
      expect(verdicts).toEqual({
        a: 'run: its code changed',
        b: 'undecided: runs if input x changes: "a" runs',
        c: 'undecided: runs if input y changes: "b" may run',
      });
      expect(ran).toEqual(['a']);
      expect(told).toEqual({
        b: 'what it reads came out the same',
        c: 'what it reads came out the same',
      });
      expect(ended && statuses(ended.result)).toEqual({ a: 'succeeded', b: 'reused', c: 'reused' });
      expect(context).toEqual({ x: 1, y: [1], z: [[1]] });
    },
  );

  it.each<[string, unknown]>([
    ['a Date', new Date(5)],
    ['a Map', new Map([['k', { deep: [1n, undefined] }]])],
    ['bytes', new Uint8Array([1, 2])],
    ['a hole and NaN', [Number.NaN, undefined, -0]],
  ])('counts as the same where it is %s', async (_what, x) => {
    const make = keyed([], ['x?'], () => ({ x }), { version: '2' });
    const { ran } = await resumeEdited(line(x), line(x, { a: { does: make } }));
    expect(ran).toEqual(['a']);
  });
});

describe('a stage that ran again and wrote something else', () => {
  it('makes those run that read it, as far as the difference reaches', async () => {
    const sign = { does: keyed(['x?'], ['y'], ({ x }) => ({ y: Math.sign(x) })) };
    const { ran, told, ended } = await resumeEdited(line(1, { b: sign }), line(2, { b: sign }));
    expect(ran).toEqual(['a', 'b']);
    expect(told).toEqual({ c: 'what it reads came out the same' });
    expect(ended?.events.find((event) => 'stage' in event && event.stage === 'b')).toMatchObject({
      type: 'stage.started',
      reason: 'input x changed because "a" ran again',
    });
  });

  it.each<[string, unknown, unknown]>([
    ['its keys in another order', { p: 1, q: 2 }, { q: 2, p: 1 }],
    ['another type', 1, '1'],
    ['another zero', 0, -0],
    ['a set in another order', new Set([1, 2]), new Set([2, 1])],
    ['nothing, where it is optional', 1, undefined],
    ['something where there was nothing', undefined, 1],
  ])('counts so when it wrote %s', async (_what, before, after) => {
    const { ran, context } = await resumeEdited(line(before), line(after));
    expect(ran).toEqual(['a', 'b', 'c']);
    expect(context?.y).toEqual([after]);
  });

  it('left out once more what is optional, and nothing runs', async () => {
    const silent = keyed([], ['x?'], () => ({}), { version: '2' });
    const { ran } = await resumeEdited(line(undefined), line(undefined, { a: { does: silent } }));
    expect(ran).toEqual(['a']);
  });
});

describe('below a stage that runs again', () => {
  it('a diamond runs on the side that changed, and where both meet', async () => {
    const diamond = (left: number, right: number): ModelPipeline =>
      sketch({
        a: { with: { l: left, r: right }, does: keyed([], ['l', 'r'], (_, own) => ({ ...own })) },
        b: { needs: ['a'], does: keyed(['l'], ['bl'], ({ l }) => ({ bl: l })) },
        c: { needs: ['a'], does: keyed(['r'], ['cr'], ({ r }) => ({ cr: r % 2 })) },
        d: { needs: ['b', 'c'], does: keyed(['bl', 'cr'], ['d'], (inputs) => ({ d: inputs })) },
      });
    const one = await resumeEdited(diamond(1, 1), diamond(2, 1));
    expect([one.ran, Object.keys(one.told)]).toEqual([['a', 'b', 'd'], ['c']]);
    const other = await resumeEdited(diamond(1, 1), diamond(1, 3));
    expect([other.ran, Object.keys(other.told).sort()]).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ]);
    expect(other.context?.d).toEqual({ bl: 1, cr: 1 });
  });

  it('a stage that failed runs whatever comes out, beside one that is kept', async () => {
    let isBroken = true;
    const flaky = keyed(['x?'], ['w'], () => {
      if (!isBroken) return { w: 1 };
      isBroken = false;
      throw new RangeError('no');
    });
    const withFailed = (edit: object): ModelPipeline =>
      sketch(
        {
          a: { does: keyed([], ['x?'], () => ({ x: 1 })), ...edit },
          b: { needs: ['a'], does: keyed(['x?'], ['y'], ({ x }) => ({ y: x })) },
          c: { needs: ['a'], does: flaky },
          d: { needs: ['b', 'c'], does: keyed(['y', 'w'], ['z'], ({ y, w }) => ({ z: [y, w] })) },
        },
        { failureMode: 'continue' },
      );
    const { verdicts, ran } = await resumeEdited(withFailed({}), withFailed(again));
    expect(verdicts).toMatchObject({
      b: 'undecided: runs if input x changes: "a" runs',
      c: 'run: it failed',
      d: 'run: it was skipped',
    });
    expect(ran).toEqual(['a', 'c', 'd']);
  });
});
