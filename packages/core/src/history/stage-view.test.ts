import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '../checkpoint/index.ts';
import { keyed, pusher } from '../executor/testing-local/keyed.ts';
import { RecordingStore } from '../executor/testing-local/recording-store.ts';
import { execute, type SketchedStage, sketch } from '../executor/testing-local/run-pipeline.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { readStageView, type StageView } from './stage-view.ts';

/** `left` and `right` stand side by side; `join` reads what `left` wrote as `a`. */
function diamond({
  base = 1,
  join = {},
}: {
  base?: number;
  join?: Partial<SketchedStage>;
} = {}): ModelPipeline {
  return sketch(
    {
      top: { with: { base }, does: keyed([], ['list'], (_, params) => ({ list: [params.base] })) },
      left: { needs: ['top'], does: keyed(['list'], ['l'], ({ list }) => ({ l: list[0] * 10 })) },
      right: { needs: ['top'], does: pusher('list', 7) },
      join: {
        needs: ['left', 'right'],
        reads: { a: 'l' },
        does: keyed(['a', 'b?'], ['sum'], ({ a }) => ({ sum: a })),
        ...join,
      },
    },
    { context: { day: 'monday' } },
  );
}

async function lines(view: StageView | undefined): Promise<readonly unknown[]> {
  const told = (view?.keys ?? []).map(async ({ key, writer, readAs, load }) => {
    const value = await load();
    return [
      key,
      writer ?? 'initial',
      value.ok ? value.value : value.problem.code,
      readAs.join(' '),
    ];
  });
  return Promise.all(told);
}

describe('the context as a stage saw it', () => {
  it.each(['at-once', 'later'] as const)(
    'holds what its ancestors wrote and no more, from a store that answers %s',
    async (answers) => {
      const store = new RecordingStore({ answers });
      const pipeline = diamond();
      const { handle } = await execute(pipeline, { store });
      const view = await readStageView(store, { runId: handle.id, stage: 'left', pipeline });
      expect(await lines(view)).toEqual([
        ['day', 'initial', 'monday', ''],
        ['list', 'top', [1], 'list'],
      ]);
      const joined = await readStageView(store, { runId: handle.id, stage: 'join', pipeline });
      expect(await lines(joined)).toEqual([
        ['day', 'initial', 'monday', ''],
        ['l', 'left', 10, 'a'],
        ['list', 'right', [1, 7], ''],
      ]);
      expect(joined).toMatchObject({ extent: 'graph', absent: ['b'], replaced: [] });
    },
  );

  it('is what it read where the pipeline is not given', async () => {
    const store = new MemoryStore();
    const { handle } = await execute(diamond(), { store });
    const view = await readStageView(store, { runId: handle.id, stage: 'join' });
    expect(await lines(view)).toEqual([['l', 'left', 10, 'a']]);
    expect(view).toMatchObject({ extent: 'reads', absent: ['b'], record: { status: 'succeeded' } });
  });

  it('has what the stage wrote itself, afterwards', async () => {
    const store = new MemoryStore();
    const pipeline = diamond();
    const { handle } = await execute(pipeline, { store });
    const request = { runId: handle.id, stage: 'right', pipeline };
    expect(
      await lines(await readStageView(store, { ...request, moment: 'before' })),
    ).toContainEqual(['list', 'top', [1], 'list']);
    expect(await lines(await readStageView(store, { ...request, moment: 'after' }))).toContainEqual(
      ['list', 'right', [1, 7], ''],
    );
  });

  it('of a stage that failed is what it was given', async () => {
    const store = new MemoryStore();
    const pipeline = diamond({
      join: {
        does: keyed(['a'], [], () => {
          throw new RangeError('broken');
        }),
      },
    });
    const { handle } = await execute(pipeline, { store });
    const request = { runId: handle.id, stage: 'join' };
    const view = await readStageView(store, { ...request, pipeline });
    expect(view?.record?.status).toBe('failed');
    expect(await lines(view)).toContainEqual(['l', 'left', 10, 'a']);
    expect((await readStageView(store, request))?.keys).toEqual([]);
  });

  it('keeps to what it read when the pipeline lets it read another key by now', async () => {
    const store = new MemoryStore();
    const { handle } = await execute(diamond(), { store });
    const edited = diamond({ join: { reads: { a: 'day' } } });
    const view = await readStageView(store, { runId: handle.id, stage: 'join', pipeline: edited });
    expect(await lines(view)).toContainEqual(['l', 'left', 10, 'a']);
    expect(await lines(view)).toContainEqual(['day', 'initial', 'monday', '']);
  });

  it('marks what was written after it began, and what it read that is replaced', async () => {
    const store = new MemoryStore();
    const { handle } = await execute(diamond(), { store });
    const kept = store.loadStages(handle.id);
    await execute(diamond({ base: 2 }), { store, resume: handle.id });
    const [top] = store.loadStages(handle.id).filter(({ stage }) => stage === 'top');
    // As an interrupted resume leaves it: `top` is new, the others are as they were.
    const stages = [
      ...kept.filter(({ stage }) => stage !== 'top'),
      { ...top, finishedAt: 2 ** 50 },
    ];
    const interrupted = new Proxy(store, {
      get: (target, name) =>
        name === 'loadStages' ? () => stages : Reflect.get(target, name).bind(target),
    });
    const view = await readStageView(interrupted, {
      runId: handle.id,
      stage: 'left',
      pipeline: diamond({ base: 2 }),
    });
    expect(view?.replaced).toEqual(['list']);
    expect(view?.keys).toContainEqual(
      expect.objectContaining({ key: 'list', readAs: [], isLater: true }),
    );
  });

  it('does not name a key where several hold the value and nothing tells which was read', async () => {
    const store = new MemoryStore();
    const pipeline = sketch(
      { s: { reads: { mine: 'one' }, does: keyed(['mine'], [], () => ({})) } },
      { context: { one: 1, another: 1 } },
    );
    const { handle } = await execute(pipeline, { store });
    const request = { runId: handle.id, stage: 's' };
    expect(await lines(await readStageView(store, request))).toEqual([
      [undefined, 'initial', 1, 'mine'],
    ]);
    expect(await lines(await readStageView(store, { ...request, pipeline }))).toEqual([
      ['another', 'initial', 1, ''],
      ['one', 'initial', 1, 'mine'],
    ]);
  });

  it('of a stage that neither the run nor the pipeline knows is nothing', async () => {
    const store = new MemoryStore();
    const pipeline = diamond();
    const { handle } = await execute(pipeline, { store });
    expect(
      await readStageView(store, { runId: handle.id, stage: 'nope', pipeline }),
    ).toBeUndefined();
    expect(await readStageView(store, { runId: handle.id, stage: 'nope' })).toBeUndefined();
  });
});
