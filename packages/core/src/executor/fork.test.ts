import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '../checkpoint/index.ts';
import type { RunEvent } from '../events/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { verifyEvents } from '../run/index.ts';
import { PipelineExecutor } from './pipeline-executor.ts';
import { readContext } from './read-context.ts';
import type { StartOptions } from './run-options.ts';
import { type Inputs, keyed } from './testing-local/keyed.ts';
import { execute, sketch, stageIn, statuses } from './testing-local/run-pipeline.ts';

const ran: string[] = [];

/** a -> b -> c, each of which says that it ran. */
function chain(params: Inputs = {}, fails = false): ModelPipeline {
  const noted = (id: string, value: unknown): unknown => {
    ran.push(id);
    return value;
  };
  return sketch(
    {
      a: {
        with: { n: params.a ?? 1 },
        does: keyed(['start'], ['x'], ({ start }, own) => ({ x: noted('a', [start, own.n]) })),
      },
      b: {
        needs: ['a'],
        with: { n: params.b ?? 1 },
        does: keyed(['x'], ['y'], ({ x }, own) => ({ y: noted('b', [x, own.n]) })),
      },
      c: {
        needs: ['b'],
        does: keyed(['y'], ['z'], ({ y }) => {
          if (fails) throw new RangeError('not today');
          return { z: noted('c', [y]) };
        }),
      },
    },
    { context: { start: 0 }, inputs: [] },
  );
}

interface Forked {
  readonly ran: readonly string[];
  readonly status: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly origins: Readonly<Record<string, unknown>>;
  readonly stages: Readonly<Record<string, string>>;
}

async function fork(
  store: MemoryStore,
  from: Parameters<PipelineExecutor['fork']>[0],
  pipeline: ModelPipeline,
  options: StartOptions = {},
): Promise<Forked> {
  ran.length = 0;
  const events: RunEvent[] = [];
  const executor = new PipelineExecutor({ store });
  const planned = await executor.planFork(from, pipeline, options);
  const handle = await executor.fork(from, pipeline, {
    ...options,
    onEvent: (event) => void events.push(event),
  });
  expect(handle.plan.reasons).toEqual(planned.reasons);
  const result = await handle.result;
  verifyEvents(pipeline.graph, events);
  const stored = await readContext(store, handle.id);
  expect(stored.toObject()).toEqual(result.context.toObject());
  expect(store.findRun(handle.id)?.source.forkedFrom).toBe(from);
  return {
    ran: [...ran],
    status: result.status,
    context: result.context.toObject(),
    origins: Object.fromEntries(
      result.stages.flatMap(({ id, origin }) => (origin === undefined ? [] : [[id, origin.runId]])),
    ),
    stages: statuses(result),
  };
}

describe('a fork', () => {
  it('takes over what a resume would keep, and runs the rest in a run of its own', async () => {
    const store = new MemoryStore();
    const { handle } = await execute(chain(), { store });
    const before = store.loadEvents(handle.id, 0, 1000);
    const told = await fork(store, handle.id, chain({ b: 2 }));
    expect(told).toEqual({
      ran: ['b', 'c'],
      status: 'succeeded',
      context: { start: 0, x: [0, 1], y: [[0, 1], 2], z: [[[0, 1], 2]] },
      origins: { a: handle.id },
      stages: { a: 'reused', b: 'succeeded', c: 'succeeded' },
    });
    expect(store.loadEvents(handle.id, 0, 1000)).toEqual(before);
  });

  it('of an unchanged pipeline runs nothing, or what it is asked for', async () => {
    const store = new MemoryStore();
    const { handle } = await execute(chain(), { store });
    expect((await fork(store, handle.id, chain())).ran).toEqual([]);
    const told = await fork(store, handle.id, chain(), { selection: { from: ['b'] } });
    expect(told.ran).toEqual(['b', 'c']);
  });

  it('runs what is selected, and takes over the rest as it was', async () => {
    const store = new MemoryStore();
    const { handle } = await execute(chain(), { store });
    const told = await fork(store, handle.id, chain(), {
      selection: { select: ['a'], force: true },
    });
    expect(told.ran).toEqual(['a']);
    expect(told.stages).toEqual({ a: 'succeeded', b: 'reused', c: 'reused' });
    expect(told.context).toMatchObject({ z: [[[0, 1], 1]] });
  });

  it('takes over what was undecided and came out the same', async () => {
    const store = new MemoryStore();
    const same = (version: string): ModelPipeline =>
      sketch({
        top: { does: keyed([], ['x'], () => ({ x: 1 }), { version }) },
        low: { needs: ['top'], does: keyed(['x'], ['y'], ({ x }) => ({ y: x })) },
      });
    const { handle } = await execute(same('1'), { store });
    const told = await fork(store, handle.id, same('2'));
    expect(told.stages).toEqual({ top: 'succeeded', low: 'reused' });
    expect([told.origins, told.context]).toEqual([{ low: handle.id }, { x: 1, y: 1 }]);
  });

  it('gives other values for the initial context', async () => {
    const store = new MemoryStore();
    const { handle } = await execute(chain(), { store });
    const told = await fork(store, handle.id, chain(), { context: { start: 5 } });
    expect(told.ran).toEqual(['a', 'b', 'c']);
    expect(told.context).toMatchObject({ start: 5, x: [5, 1] });
  });

  it('of a run that failed goes on behind the failure', async () => {
    const store = new MemoryStore();
    const { handle, result } = await execute(chain({}, true), { store });
    expect(result.status).toBe('failed');
    const told = await fork(store, handle.id, chain());
    expect(told).toMatchObject({ ran: ['c'], status: 'succeeded' });
    expect(store.findRun(handle.id)?.status).toBe('failed');
  });

  it('that fails can be resumed by itself, and forked again', async () => {
    const store = new MemoryStore();
    const first = await execute(chain(), { store });
    const executor = new PipelineExecutor({ store });
    const broken = await executor.fork(first.handle.id, chain({ b: 2 }, true));
    expect((await broken.result).status).toBe('failed');
    ran.length = 0;
    const resumed = await execute(chain({ b: 2 }), { store, resume: broken.id });
    expect(ran).toEqual(['c']);
    expect(stageIn(resumed.result, 'a').status).toBe('reused');
    const again = await fork(store, broken.id, chain({ b: 3 }));
    expect(again).toMatchObject({ ran: ['b', 'c'], origins: { a: first.handle.id } });
  });

  it('of another pipeline, or of no run, is refused', async () => {
    const store = new MemoryStore();
    const { handle } = await execute(chain(), { store });
    const executor = new PipelineExecutor({ store });
    await expect(executor.fork('none' as never, chain())).rejects.toMatchObject({
      code: 'RUN_NOT_FOUND',
    });
    const other = sketch({ a: () => ({}) }, { name: 'other' });
    await expect(executor.fork(handle.id, other)).rejects.toMatchObject({
      code: 'RUN_OTHER_PIPELINE',
    });
  });
});
