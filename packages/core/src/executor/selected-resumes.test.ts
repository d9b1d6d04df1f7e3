import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '../checkpoint/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { readContext } from './read-context.ts';
import type { RunSelection } from './run-options.ts';
import { turns } from './testing-local/gate.ts';
import { joinedDiamond as diamond, WHOLE } from './testing-local/joined-diamond.ts';
import { keyed, type Params, pusher } from './testing-local/keyed.ts';
import { resumeEdited, resumeRun } from './testing-local/resume-edited.ts';
import { execute, sketch, statuses } from './testing-local/run-pipeline.ts';

describe('a resume', () => {
  it.each<[string, RunSelection, string[], object]>([
    ['from a stage runs all from there again', { from: ['b'] }, ['b', 'd'], { c: 'reused' }],
    ['that forces a stage runs only that', { select: ['c'], force: true }, ['c'], { d: 'reused' }],
    ['that forces everything', { force: true }, ['a', 'b', 'c', 'd'], { d: 'succeeded' }],
    ['from a stage up to another', { from: ['a'], until: ['b'] }, ['a', 'b'], { d: 'reused' }],
    ['from a stage without another', { from: ['a'], exclude: ['d'] }, ['a', 'b', 'c'], {}],
  ])('%s', async (_what, selection, ran, expected) => {
    const store = new MemoryStore();
    const done = await resumeEdited(diamond(), diamond(), { store, selection });
    expect(done.ended && statuses(done.ended.result)).toMatchObject(expected);
    expect(done.ran.toSorted()).toEqual(ran);
    expect(done.context).toEqual(WHOLE);
  });

  it('that looks at some stages leaves the others as they were', async () => {
    const store = new MemoryStore();
    const { verdicts, ran, context } = await resumeEdited(diamond(), diamond({ x: 1 }), {
      store,
      selection: { select: ['a', 'b'] },
    });
    expect(verdicts).toMatchObject({
      a: 'run: with.x not set -> 1',
      b: 'undecided: runs if input a changes: "a" runs',
      c: 'reuse: not selected: kept as it was',
      d: 'reuse: not selected: kept as it was',
    });
    expect(ran).toEqual(['a', 'b']);
    expect(context).toEqual({ a: 'a1', b: 'a1b', c: 'ac', d: 'abacd' });
    const [run] = store.listRuns({});
    const later = await resumeRun(diamond({ x: 1 }), { store, resume: run?.id ?? ('' as never) });
    expect(later.verdicts).toMatchObject({
      a: 'reuse: it succeeded in attempt 2',
      c: expect.stringMatching(/^run: input a changed/),
      d: expect.stringMatching(/^run: input b changed/),
    });
    expect(later.ran).toEqual(['c', 'd']);
    expect(later.context).toEqual({ a: 'a1', b: 'a1b', c: 'a1c', d: 'a1ba1cd' });
  });

  it('of a selection in which nothing changed has nothing to do', async () => {
    const { ended } = await resumeEdited(diamond(), diamond({ x: 1 }), {
      selection: { select: ['c'] },
    });
    expect(ended).toBeUndefined();
  });

  it('by state runs what failed', async () => {
    let isBroken = true;
    const flaky = (): ModelPipeline =>
      sketch(
        {
          a: { does: keyed([], ['a'], () => ({ a: 1 })) },
          b: {
            needs: ['a'],
            does: keyed(['a'], ['b'], () => {
              if (isBroken) throw new RangeError('no');
              return { b: 1 };
            }),
          },
          c: { needs: ['b'], does: keyed(['b'], ['c'], () => ({ c: 1 })) },
        },
        { failureMode: 'continue' },
      );
    const store = new MemoryStore();
    const { handle } = await execute(flaky(), { store });
    isBroken = false;
    const { ran, ended } = await resumeRun(flaky(), {
      store,
      resume: handle.id,
      selection: { select: ['state:failed'] },
    });
    expect([ran, ended?.result.status]).toEqual([['b'], 'succeeded']);
    expect((await resumeRun(flaky(), { store, resume: handle.id })).ran).toEqual(['c']);
  });
});

describe('a stage that is not selected and is kept as it was', () => {
  /** `top` is slow; `middle` reads nothing of it, and `open` below sees what both wrote. */
  const slow = (x: number): ModelPipeline =>
    sketch({
      top: {
        with: { x },
        does: { run: ({ params }) => turns().then(() => ({ x: (params as Params).x })) },
      },
      middle: { needs: ['top'], does: keyed([], ['m'], () => ({ m: 1 })) },
      open: { needs: ['middle'], does: ({ context }) => ({ seen: context.get('x') }) },
    });

  it('lets nothing below it start before what runs again above it has ended', async () => {
    const { ran, told, context } = await resumeEdited(slow(1), slow(2), {
      selection: { select: ['top', 'open'] },
    });
    expect([ran, context?.seen]).toEqual([['top', 'open'], 2]);
    expect(told).toEqual({});
  });
});

describe('a stage that is not selected and changed a key', () => {
  /** Two stages add to a list that a third one made, or that was there from the start. */
  const growing = (first: number): ModelPipeline =>
    sketch(
      {
        one: { with: { first }, does: pusherOf('list') },
        two: { needs: ['one'], does: pusher('list', 'two') },
        seen: { needs: ['two'], does: ({ context }) => ({ seen: context.get('list') }) },
      },
      { context: { list: ['start'] } },
    );

  it('is not put upon another value than the one that it changed', async () => {
    const store = new MemoryStore();
    const { verdicts, context, ended } = await resumeEdited(growing(1), growing(9), {
      store,
      selection: { until: ['one'] },
    });
    expect(verdicts).toEqual({
      one: 'run: with.first 1 -> 9',
      two: 'skip: not selected',
      seen: 'reuse: not selected: kept as it was',
    });
    expect(context?.list).toEqual(['start', 9]);
    const id = ended?.handle.id ?? ('' as never);
    const later = await resumeRun(growing(9), { store, resume: id });
    expect(later.ran).toEqual(['two', 'seen']);
    expect(later.context?.seen).toEqual(['start', 9, 'two']);
  });

  it('is the last writer of a key still, though one before it ran again', async () => {
    const over = (x: number): ModelPipeline =>
      sketch({
        one: { with: { x }, does: keyed([], ['k'], (_, own) => ({ k: own.x })) },
        two: { needs: ['one'], does: keyed([], ['k'], () => ({ k: 'two' })) },
        seen: { needs: ['two'], does: ({ context }) => ({ seen: context.get('k') }) },
      });
    const store = new MemoryStore();
    const { ran, context, ended } = await resumeEdited(over(1), over(2), {
      store,
      selection: { select: ['one', 'seen'], force: true },
    });
    expect(ran).toEqual(['one', 'seen']);
    expect(context).toEqual({ k: 'two', seen: 'two' });
    const stored = await readContext(store, ended?.handle.id ?? ('' as never));
    expect(stored.toObject()).toEqual(context);
  });
});

function pusherOf(key: string): ReturnType<typeof pusher> {
  const { spec } = pusher(key, '');
  return {
    spec,
    run: ({ context, params }) => {
      context.update((draft: Record<string, unknown[]>) => {
        draft[key]?.push((params as Params).first);
      });
    },
  };
}
