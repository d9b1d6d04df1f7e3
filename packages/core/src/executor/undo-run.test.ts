import { describe, expect, it } from '@jest/globals';
import type { RunId } from '../base/ids.ts';
import { z } from '../base/zod.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import type { RunEvent } from '../events/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { verifyEvents } from '../run/index.ts';
import { PipelineExecutor } from './pipeline-executor.ts';
import type { UndoOptions } from './run-options.ts';
import type { RunResult } from './run-result.ts';
import { gate, turns } from './testing-local/gate.ts';
import { mappedScene, tickers } from './testing-local/mapped-scene.ts';
import { DEAD_OWNER, RecordingStore } from './testing-local/recording-store.ts';
import { begin, execute, sketch, stageIn, statuses, told } from './testing-local/run-pipeline.ts';
import { undoScene } from './testing-local/undo-scene.ts';

const KEEP = { onFailure: 'keep' } as const;

interface Undone {
  readonly result: RunResult;
  readonly events: readonly RunEvent[];
}

async function undo(
  store: ConstructorParameters<typeof PipelineExecutor>[0]['store'],
  pipeline: ModelPipeline,
  { id, ...options }: UndoOptions & { readonly id: RunId },
): Promise<Undone> {
  const events: RunEvent[] = [];
  const executor = new PipelineExecutor({ store });
  const onEvent = (event: RunEvent): void => void events.push(event);
  const handle = await executor.undo(id, pipeline, { ...options, onEvent });
  return { result: await handle.result, events };
}

describe('an undo by hand', () => {
  it('takes back what a failed run did, and a resume does it again', async () => {
    const scene = undoScene();
    const store = new MemoryStore();
    const pipeline = scene.pipeline({}, KEEP);
    scene.broken.add('mail');
    const { handle } = await execute(pipeline, { store });
    scene.log.length = 0;
    const { result, events } = await undo(store, pipeline, { id: handle.id });
    expect(scene.log).toEqual(['undo charge', 'undo reserve']);
    expect(scene.seen.get('charge')?.outputs).toEqual({ charge: 'charge done' });
    expect(result.status).toBe('failed');
    expect(statuses(result)).toEqual({
      reserve: 'cancelled',
      charge: 'cancelled',
      note: 'reused',
      ship: 'reused',
      mail: 'failed',
    });
    expect(result.context.toObject()).toEqual({ order: 7, note: 'note done', ship: 'ship done' });
    expect(told(events)).toEqual([
      'run.undoing',
      'stage.undone charge',
      'stage.undone reserve',
      'run.finished',
    ]);
    expect(store.findRun(handle.id)).toMatchObject({ status: 'failed' });
    scene.broken.clear();
    const again = await execute(pipeline, { store, resume: handle.id });
    expect(again.result.status).toBe('succeeded');
    verifyEvents(pipeline.graph, store.loadEvents(handle.id, 0, 1000));
  });

  it('has nothing left to do the second time', async () => {
    const scene = undoScene();
    const store = new MemoryStore();
    const pipeline = scene.pipeline();
    scene.broken.add('mail');
    const { handle } = await execute(pipeline, { store });
    scene.log.length = 0;
    const executor = new PipelineExecutor({ store });
    expect(await executor.planUndo(handle.id, pipeline)).toEqual({
      stages: [],
      kept: ['note', 'ship'],
    });
    const { result } = await undo(store, pipeline, { id: handle.id });
    expect(scene.log).toEqual([]);
    expect(result.status).toBe('failed');
  });

  it('goes on with what could not be undone before, with the same idempotency key', async () => {
    const scene = undoScene();
    const store = new MemoryStore();
    const pipeline = scene.pipeline();
    scene.broken.add('mail');
    const keys: string[] = [];
    let isOpen = false;
    scene.undoes = (id, { idempotencyKey }) => {
      if (id !== 'charge') return;
      keys.push(idempotencyKey);
      if (!isOpen) throw new Error('the bank is closed');
    };
    const { handle } = await execute(pipeline, { store });
    isOpen = true;
    const { result } = await undo(store, pipeline, { id: handle.id });
    expect(statuses(result)).toMatchObject({ reserve: 'cancelled', charge: 'cancelled' });
    expect(new Set(keys).size).toBe(1);
    expect(keys).toHaveLength(2);
    verifyEvents(pipeline.graph, store.loadEvents(handle.id, 0, 1000));
  });

  it('from a stage takes back that stage and what rests on it, and tells so before', async () => {
    const scene = undoScene();
    const store = new MemoryStore();
    const pipeline = scene.pipeline({}, KEEP);
    scene.broken.add('mail');
    const { handle } = await execute(pipeline, { store });
    const executor = new PipelineExecutor({ store });
    const plan = await executor.planUndo(handle.id, pipeline, { from: 'charge' });
    expect(plan).toEqual({ stages: ['charge'], kept: ['note', 'ship'] });
    const { result } = await undo(store, pipeline, { id: handle.id, from: 'charge' });
    expect(statuses(result)).toMatchObject({ reserve: 'reused', charge: 'cancelled' });
    await expect(executor.undo(handle.id, pipeline, { from: 'charg' })).rejects.toMatchObject({
      code: 'STAGE_UNKNOWN',
    });
  });

  it('of a run that succeeded is refused unless it is forced, and cancels it', async () => {
    const scene = undoScene();
    const store = new MemoryStore();
    const pipeline = scene.pipeline();
    const { handle } = await execute(pipeline, { store });
    const executor = new PipelineExecutor({ store });
    await expect(executor.undo(handle.id, pipeline)).rejects.toMatchObject({
      code: 'UNDO_SUCCEEDED',
      details: { runId: handle.id },
    });
    expect(store.findRun(handle.id)).toMatchObject({ status: 'succeeded' });
    const { result } = await undo(store, pipeline, { id: handle.id, force: true });
    expect(result.status).toBe('cancelled');
    expect(scene.log.slice(-3)).toEqual(['undo mail', 'undo charge', 'undo reserve']);
    verifyEvents(pipeline.graph, store.loadEvents(handle.id, 0, 1000));
  });

  it('is refused while the run is executed', async () => {
    const scene = undoScene();
    const open = gate();
    const store = new MemoryStore();
    const pipeline = scene.pipeline();
    scene.runs = (id) => (id === 'mail' ? open.opened : undefined);
    const { handle, executor } = await begin(pipeline, { store });
    await turns(20);
    await expect(executor.undo(handle.id, pipeline)).rejects.toMatchObject({ code: 'RUN_HELD' });
    await expect(executor.planUndo(handle.id, pipeline)).rejects.toMatchObject({
      code: 'RUN_HELD',
    });
    open.open();
    await handle.result;
  });

  it('goes on with the undo of a process that died in the midst of it, and closes the run', async () => {
    const scene = undoScene();
    const inner = new MemoryStore();
    const pipeline = scene.pipeline();
    scene.broken.add('mail');
    const store = new RecordingStore({ inner, owner: DEAD_OWNER });
    const stuck = gate();
    scene.undoes = (id) => (id === 'reserve' ? stuck.opened : undefined);
    const { handle } = await begin(pipeline, { store });
    await turns(40);
    expect(scene.log.at(-1)).toBe('undo reserve');
    scene.log.length = 0;
    scene.undoes = () => undefined;
    const { result } = await undo(inner, pipeline, { id: handle.id });
    expect(scene.log).toEqual(['undo reserve']);
    expect(result.status).toBe('failed');
    expect(inner.findRun(handle.id)).toMatchObject({ status: 'failed' });
    verifyEvents(pipeline.graph, inner.loadEvents(handle.id, 0, 1000));
    stuck.open();
    await expect(handle.result).rejects.toMatchObject({ code: 'LEASE_LOST' });
  });

  it('leaves to a fork what its origin has done, and keeps from it what was undone there', async () => {
    const scene = undoScene();
    const store = new MemoryStore();
    const pipeline = scene.pipeline({}, KEEP);
    scene.broken.add('mail');
    const { handle, executor } = await execute(pipeline, { store });
    const fork = await executor.fork(handle.id, pipeline);
    await fork.result;
    scene.log.length = 0;
    await undo(store, pipeline, { id: fork.id });
    expect(scene.log).toEqual([]);
    await undo(store, pipeline, { id: handle.id });
    scene.log.length = 0;
    await (await executor.fork(handle.id, pipeline)).result;
    expect(scene.log).toContain('run charge');
  });

  it('does the items of a mapped stage again once that was undone', async () => {
    const scene = mappedScene();
    const store = new MemoryStore();
    const undone: unknown[] = [];
    const list = tickers('a', 'b', 'c');
    const pipeline = scene.pipeline(list, {
      undo: ({ outputs }) => undone.push(outputs),
    });
    const { handle } = await execute(pipeline, { store });
    scene.ran.length = 0;
    await undo(store, pipeline, { id: handle.id, force: true });
    expect(undone).toEqual([{ scores: [1, 2, 3] }]);
    await execute(pipeline, { store, resume: handle.id });
    expect(scene.ran).toEqual(['a', 'b', 'c']);
  });

  it('fails where undo asks for inputs that came out otherwise since, and not where it does not', async () => {
    const store = new MemoryStore();
    const asked: unknown[] = [];
    let reads = true;
    let given = 1;
    const pipeline = (): ModelPipeline =>
      sketch(
        {
          first: {
            does: { spec: { outputs: z.object({ n: z.number() }) }, run: () => ({ n: given }) },
          },
          second: {
            needs: ['first'],
            does: {
              spec: {
                inputs: z.object({ n: z.number() }),
                outputs: z.object({ twice: z.number() }),
              },
              run: ({ inputs }) => ({ twice: (inputs as { n: number }).n * 2 }),
              undo: (scope) => void asked.push(reads ? scope.inputs : scope.outputs),
            },
          },
          third: {
            needs: ['first'],
            does: () => {
              throw new Error('no');
            },
          },
        },
        { concurrency: 1 },
      );
    const { handle } = await execute(pipeline(), { store });
    given = 2;
    await execute(pipeline(), {
      store,
      resume: handle.id,
      selection: { select: ['first'], force: true },
    });
    const { result } = await undo(store, pipeline(), { id: handle.id, force: true });
    expect(stageIn(result, 'second').undoFailure).toMatchObject({
      reason: 'inputs-gone',
      code: 'UNDO_INPUTS_GONE',
      message: expect.stringContaining('"n" came out otherwise'),
    });
    reads = false;
    await undo(store, pipeline(), { id: handle.id, force: true });
    expect(asked).toEqual([{ twice: 2 }]);
  });
});
