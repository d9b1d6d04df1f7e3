import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '../checkpoint/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { readContext } from './read-context.ts';
import { keyed, pusher } from './testing-local/keyed.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { resumeEdited, resumeRun } from './testing-local/resume-edited.ts';
import { begin, execute, type SketchedStage, sketch } from './testing-local/run-pipeline.ts';

type Changes = Partial<Record<string, Partial<SketchedStage>>>;

const base = keyed([], ['list'], (_, params) => ({ list: params.list }));

/** A list that one stage makes, two stages add to, and the last one reads. */
function growing(list: readonly number[], changes: Changes = {}): ModelPipeline {
  return sketch({
    base: { with: { list }, does: base, ...changes.base },
    two: { needs: ['base'], does: pusher('list', 2), ...changes.two },
    three: { needs: ['two'], does: pusher('list', 3), ...changes.three },
    sum: {
      needs: ['three'],
      does: keyed(['list'], ['sum'], ({ list: all }) => ({ sum: all.join() })),
      ...changes.sum,
    },
  });
}

const made = (version: string): Partial<SketchedStage> => ({
  does: keyed([], ['list'], (_, params) => ({ list: params.list }), { version }),
});

describe('an update whose base was made anew', () => {
  it.each(['at-once', 'later'] as const)(
    'and came out the same is kept upon the new base (a store that answers %s)',
    async (answers) => {
      const store = new RecordingStore({ answers });
      const { verdicts, ran, told, context } = await resumeEdited(
        growing([1]),
        growing([1], { base: made('2') }),
        { store },
      );
      expect(verdicts.two).toBe('undecided: runs if input list changes: "base" runs');
      expect(ran).toEqual(['base']);
      expect(Object.keys(told)).toEqual(['two', 'three', 'sum']);
      expect(context).toEqual({ list: [1, 2, 3], sum: '1,2,3' });
    },
  );

  it('and came out otherwise is made again upon it, with all that stands on it', async () => {
    const { ran, context } = await resumeEdited(growing([1]), growing([0]));
    expect(ran).toEqual(['base', 'two', 'three', 'sum']);
    expect(context).toEqual({ list: [0, 2, 3], sum: '0,2,3' });
  });

  it('by an update that does the same is kept too', async () => {
    const { ran, context } = await resumeEdited(
      growing([1]),
      growing([1], { two: { does: pusher('list', 2, { version: '2' }) } }),
    );
    expect(ran).toEqual(['two']);
    expect(context).toEqual({ list: [1, 2, 3], sum: '1,2,3' });
  });

  it('in the middle of a chain makes only what follows run', async () => {
    const { ran, context } = await resumeEdited(
      growing([1]),
      growing([1], { two: { does: pusher('list', 20, { version: '2' }) } }),
    );
    expect(ran).toEqual(['two', 'three', 'sum']);
    expect(context).toEqual({ list: [1, 20, 3], sum: '1,20,3' });
  });

  it('in the initial context of the run is kept as it is, since that never changes', async () => {
    const initial = (version: string): ModelPipeline =>
      sketch(
        {
          two: { does: pusher('list', 2) },
          sum: {
            needs: ['two'],
            does: keyed(['list'], ['n'], ({ list }) => ({ n: list.length }), { version }),
          },
        },
        { context: { list: [1] } },
      );
    const { verdicts, ran, context } = await resumeEdited(initial('1'), initial('2'));
    expect([verdicts.two, ran]).toEqual(['reuse: it succeeded in attempt 1', ['sum']]);
    expect(context).toEqual({ list: [1, 2], n: 2 });
  });
});

describe('the stored context of a run', () => {
  it.each<[string, ModelPipeline]>([
    ['of which the base of an update was made anew', growing([1], { base: made('2') })],
    ['of which an update in the middle was', growing([1], { two: { does: again(2) } })],
    ['of which all was', growing([5])],
  ])('%s is the one that the resume ended with', async (_which, edited) => {
    const store = new MemoryStore();
    const { ended } = await resumeEdited(growing([1]), edited, { store });
    const stored = await readContext(store, ended?.result.runId ?? ('' as never));
    expect(stored.toObject()).toEqual(ended?.result.context.toObject());
  });

  it('in which a value was written over is the last one that was written', async () => {
    const over = (version: string): ModelPipeline =>
      sketch({
        first: { does: keyed([], ['x'], () => ({ x: 'first' }), { version }) },
        second: { needs: ['first'], does: keyed(['x'], ['x'], ({ x }) => ({ x: `${x} second` })) },
      });
    const store = new MemoryStore();
    const { ran, ended } = await resumeEdited(over('1'), over('2'), { store });
    expect(ran).toEqual(['first']);
    const stored = await readContext(store, ended?.result.runId ?? ('' as never));
    expect(stored.get('x')).toBe('first second');
  });

  it('is put right by the next resume when a session dies before it could', async () => {
    const inner = new MemoryStore();
    const { handle } = await execute(growing([1]), { store: inner });
    const edited = growing([1], { base: made('2'), sum: { with: { n: 1 } } });
    // The base is committed, and what stands on it is not reached.
    const dying = new RecordingStore({ inner, failsAt: 3 });
    const dead = await begin(edited, { store: dying, resume: handle.id });
    await expect(dead.handle.result).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED' });
    const { ran } = await resumeRun(edited, { store: inner, resume: handle.id });
    expect(ran).toEqual(['sum']);
    const stored = await readContext(inner, handle.id);
    expect(stored.toObject()).toEqual({ list: [1, 2, 3], sum: '1,2,3' });
  });
});

function again(value: number): ReturnType<typeof pusher> {
  return pusher('list', value, { version: '2' });
}

describe('an optional output that is left out', () => {
  const fill = (isThere: boolean, version = '1'): ModelPipeline =>
    sketch({
      deep: { does: keyed([], ['x'], () => ({ x: 'deep' })) },
      near: {
        needs: ['deep'],
        with: { isThere },
        does: keyed([], ['x?'], (_, own) => (own.isThere ? { x: 'near' } : {}), { version }),
      },
      reader: { needs: ['near'], does: keyed(['x'], ['seen'], ({ x }) => ({ seen: x })) },
    });

  it('lets the writer before it be read, and its coming and going is seen', async () => {
    const gone = await resumeEdited(fill(true), fill(false));
    expect([gone.ran, gone.context?.seen]).toEqual([['near', 'reader'], 'deep']);
    const come = await resumeEdited(fill(false), fill(true));
    expect([come.ran, come.context?.seen]).toEqual([['near', 'reader'], 'near']);
    const same = await resumeEdited(fill(false), fill(false, '2'));
    expect([same.ran, same.context?.seen]).toEqual([['near'], 'deep']);
  });

  it('is found by the stored context too', async () => {
    const store = new MemoryStore();
    const { result } = await execute(fill(false), { store });
    const stored = await readContext(store, result.runId);
    expect(stored.toObject()).toEqual({ x: 'deep', seen: 'deep' });
  });
});
