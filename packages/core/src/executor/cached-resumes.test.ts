import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '../checkpoint/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { verifyEvents } from '../run/index.ts';
import { PipelineExecutor } from './pipeline-executor.ts';
import { scene } from './testing-local/cached-scene.ts';
import { keyed } from './testing-local/keyed.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { resumeRun, verdictsOf } from './testing-local/resume-edited.ts';
import { execute, sketch, stageIn, statuses } from './testing-local/run-pipeline.ts';

const NEWER = { x: 1, params: { a: 7, b: 1 } };

/** `top` writes x, and is made anew by a version; `s` is cacheable and writes its param a with it. */
function below(version: string, a: number): ModelPipeline {
  return sketch({
    top: { does: keyed([], ['x'], () => ({ x: 1 }), { version }) },
    s: {
      needs: ['top'],
      with: { a },
      cacheable: true,
      does: keyed(['x'], ['y'], ({ x }, own) => ({ y: [x, own.a] }), { version: '1' }),
    },
    end: { needs: ['s'], does: keyed(['y'], ['z'], ({ y }) => ({ z: y })) },
  });
}

describe('a cacheable stage in a resume', () => {
  it('is taken over where another run has done what an edit asks for', async () => {
    const store = new MemoryStore();
    const { handle } = await execute(scene(), { store });
    const other = await execute(scene(NEWER), { store });
    const { verdicts, ran, context, ended } = await resumeRun(scene(NEWER), {
      store,
      resume: handle.id,
    });
    expect(verdicts.s).toBe(`reuse: run ${other.handle.id} had the same inputs`);
    expect([ran, context?.z]).toEqual([['end'], [1, 7]]);
    verifyEvents(scene().graph, store.loadEvents(handle.id, 0, 100));
    expect(ended && stageIn(ended.result, 's')).toMatchObject({ status: 'reused', attempt: 1 });
    const again = await resumeRun(scene(NEWER), { store, resume: handle.id });
    expect(again.ended).toBeUndefined();
  });

  it('is taken over in a run that has succeeded although nothing else is left to do', async () => {
    const last = (a: number): ModelPipeline =>
      sketch({
        s: {
          with: { a },
          cacheable: true,
          does: keyed([], ['y'], (_, own) => ({ y: own.a }), { version: '1' }),
        },
      });
    for (const answers of ['at-once', 'later'] as const) {
      const store = new RecordingStore({ answers });
      const { handle } = await execute(last(1), { store });
      await execute(last(2), { store });
      const { ran, context } = await resumeRun(last(2), { store, resume: handle.id });
      expect([ran, context]).toEqual([[], { y: 2 }]);
    }
  });

  it('is explained as what it was by a later plan', async () => {
    const store = new MemoryStore();
    const first = await execute(scene(), { store });
    const { handle } = await execute(scene(), { store });
    const plan = await new PipelineExecutor({ store }).planResume(handle.id, scene());
    expect(verdictsOf(plan)).toEqual({
      top: 'reuse: it succeeded in attempt 1',
      s: `reuse: run ${first.handle.id} had the same inputs`,
      end: 'reuse: it succeeded in attempt 1',
    });
  });

  it('is compared like any other once it was taken over, by the params that its first owner read', async () => {
    const store = new MemoryStore();
    await execute(scene(), { store });
    const { handle } = await execute(scene(), { store });
    const resume = handle.id;
    const unread = scene({ params: { a: 1, b: 2 } });
    expect((await resumeRun(unread, { store, resume })).ended).toBeUndefined();
    const { verdicts, ran } = await resumeRun(scene(NEWER), { store, resume });
    expect([verdicts.s, ran]).toEqual(['run: with.a 1 -> 7', ['s', 'end']]);
  });
});

describe('a cacheable stage below one that runs again', () => {
  it('waits for what comes out, and says what is known of itself', async () => {
    const store = new MemoryStore();
    const { handle } = await execute(below('1', 1), { store });
    const plan = await new PipelineExecutor({ store }).planResume(handle.id, below('2', 5));
    expect(verdictsOf(plan).s).toBe(
      'undecided: kept if another run had the same inputs: "top" runs; with.a 1 -> 5',
    );
  });

  it('never keeps an outcome of its own that its params or its code have left behind', async () => {
    const store = new MemoryStore();
    const { handle } = await execute(below('1', 1), { store });
    const { ran, context } = await resumeRun(below('2', 5), { store, resume: handle.id });
    expect([ran, context?.z]).toEqual([
      ['top', 's', 'end'],
      [1, 5],
    ]);
  });

  it('is taken over once it is known that another run read the same', async () => {
    const store = new MemoryStore();
    const { handle } = await execute(below('1', 1), { store });
    await execute(below('1', 5), { store });
    const { ran, told, context } = await resumeRun(below('2', 5), { store, resume: handle.id });
    expect(ran).toEqual(['top', 'end']);
    expect(told.s).toMatch(/^run .* had the same inputs$/);
    expect(context?.z).toEqual([1, 5]);
    verifyEvents(below('1', 1).graph, store.loadEvents(handle.id, 0, 100));
  });

  it('runs where the run wants no outcomes of others', async () => {
    const store = new MemoryStore();
    const { handle } = await execute(below('1', 1), { store });
    await execute(below('1', 5), { store });
    const options = { store, resume: handle.id, cache: false };
    const { verdicts, ran } = await resumeRun(below('2', 5), options);
    expect(verdicts.s).toBe('run: with.a 1 -> 5');
    expect(ran).toEqual(['top', 's', 'end']);
  });

  it('runs again where a value of its own is damaged', async () => {
    const store = new RecordingStore();
    const { handle } = await execute(below('1', 1), { store });
    const record = store.inner.loadStages(handle.id).find(({ stage }) => stage === 's');
    const hash = record?.writes[0]?.hash ?? '';
    store.damage(hash);
    const resumed = await execute(below('2', 1), {
      store,
      resume: handle.id,
      loadContext: false,
    });
    expect(statuses(resumed.result)).toMatchObject({ top: 'succeeded', s: 'succeeded' });
  });
});
