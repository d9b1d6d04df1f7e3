import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '../base/virtual-clock.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import type { RunEvent } from '../events/index.ts';
import { verifyEvents } from '../run/index.ts';
import { PipelineExecutor } from './pipeline-executor.ts';
import { type Gate, gate, turns } from './testing-local/gate.ts';
import {
  begin,
  execute,
  type SketchedStage,
  sketch,
  stageIn,
  statuses,
  told,
} from './testing-local/run-pipeline.ts';

interface Held {
  readonly running: Set<string>;
  readonly gates: ReadonlyMap<string, Gate<object>>;
  readonly stages: Readonly<Record<string, SketchedStage>>;
}

/** Stages that run until their gate is opened. */
function heldStages(
  ids: readonly string[],
  fields: Omit<SketchedStage, 'does'> = { limits: ['vendor'] },
): Held {
  const running = new Set<string>();
  const gates = new Map(ids.map((id) => [id, gate<object>()]));
  const does = (id: string) => async (): Promise<object> => {
    running.add(id);
    try {
      return (await gates.get(id)?.opened) ?? {};
    } finally {
      running.delete(id);
    }
  };
  const stages = Object.fromEntries(ids.map((id) => [id, { does: does(id), ...fields }]));
  return { running, gates, stages };
}

function queued(events: readonly RunEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.type !== 'stage.queued') return [];
    const { stage, limit, because, forMs } = event;
    return [`${stage}: ${limit} ${because}${forMs === undefined ? '' : ` ${forMs}`}`];
  });
}

const VENDOR = { vendor: { concurrency: 1 } };

describe('a stage with a limit', () => {
  it('waits for it without a slot of the run, and stages without it go on', async () => {
    const { running, gates, stages } = heldStages(['a', 'b', 'c']);
    const free = heldStages(['free'], {});
    const pipeline = sketch({ ...stages, ...free.stages }, { limits: VENDOR, concurrency: 2 });
    const { handle, events } = await begin(pipeline);
    await turns();
    expect([...running, ...free.running]).toEqual(['a', 'free']);
    expect(queued(events)).toEqual(['b: vendor busy', 'c: vendor busy']);
    gates.get('a')?.open({});
    await turns();
    expect([...running]).toEqual(['b']);
    for (const each of [...gates.values(), ...free.gates.values()]) each.open({});
    expect((await handle.result).status).toBe('succeeded');
    verifyEvents(pipeline.graph, events);
  });

  it('takes as many slots as it says, and its limits may be those of its class', async () => {
    const { running, gates, stages } = heldStages(['large'], { limits: { vendor: 2 } });
    const small = heldStages(['small']);
    const { does } = small.stages.small ?? {};
    const authored = { does: { spec: { limits: ['vendor'] }, run: does as () => object } };
    const limits = { vendor: { concurrency: 2 } };
    const pipeline = sketch({ ...stages, small: authored }, { limits });
    const { handle } = await begin(pipeline);
    await turns();
    expect([...running, ...small.running]).toEqual(['large']);
    gates.get('large')?.open({});
    small.gates.get('small')?.open({});
    expect((await handle.result).status).toBe('succeeded');
  });

  it('shares it with other runs of its executor', async () => {
    const { running, gates, stages } = heldStages(['a']);
    const other = heldStages(['a']);
    const executor = new PipelineExecutor({ store: new MemoryStore() });
    const first = await executor.start(sketch(stages, { limits: VENDOR }));
    await turns();
    const second = await executor.start(sketch(other.stages, { limits: VENDOR }));
    await turns();
    expect([running.size, other.running.size]).toEqual([1, 0]);
    gates.get('a')?.open({});
    await turns();
    expect([running.size, other.running.size]).toEqual([0, 1]);
    other.gates.get('a')?.open({});
    expect((await first.result).status).toBe('succeeded');
    expect((await second.result).status).toBe('succeeded');
  });

  it('that waits is cancelled with the run, and leaves its place to other runs', async () => {
    const { gates, stages } = heldStages(['a', 'b']);
    const executor = new PipelineExecutor({ store: new MemoryStore() });
    const first = await executor.start(sketch(stages, { limits: VENDOR }));
    await turns();
    first.cancel('drain');
    gates.get('a')?.open({});
    const result = await first.result;
    expect(statuses(result)).toEqual({ a: 'succeeded', b: 'cancelled' });
    const other = heldStages(['c']);
    other.gates.get('c')?.open({});
    const second = await executor.start(sketch(other.stages, { limits: VENDOR }));
    expect((await second.result).status).toBe('succeeded');
  });

  it('gives it back when it fails, times out or is killed', async () => {
    const clock = new VirtualClock();
    const does = {
      throws: () => Promise.reject(new Error('no')),
      hangs: () => new Promise<object>(() => {}),
      ends: () => ({}),
    };
    const pipeline = sketch(
      {
        throws: { does: does.throws, limits: ['vendor'] },
        hangs: { does: does.hangs, limits: ['vendor'], timeout: '1s', grace: '1s' },
        ends: { does: does.ends, limits: ['vendor'] },
      },
      { limits: VENDOR, failureMode: 'continue' },
    );
    const { handle } = await begin(pipeline, { clock });
    await clock.advance(3000);
    const result = await handle.result;
    expect(statuses(result)).toEqual({ throws: 'failed', hangs: 'failed', ends: 'succeeded' });
  });

  it('starts no more often than the rate allows', async () => {
    const clock = new VirtualClock();
    const startedAt: number[] = [];
    const stages = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e'].map((id) => {
        const does = (): object => {
          startedAt.push(clock.monotonic());
          return {};
        };
        return [id, { does, limits: ['vendor'] }];
      }),
    );
    const limits = { vendor: { rate: { calls: 2, per: '1s' } } };
    const { handle, events } = await begin(sketch(stages, { limits }), { clock });
    await clock.advance(5000);
    expect((await handle.result).status).toBe('succeeded');
    expect(startedAt).toEqual([0, 0, 1000, 1000, 2000]);
    expect(queued(events)[0]).toBe('c: vendor rate 1000');
  });

  it('is served in the order of the longest remaining path, as without the limit', async () => {
    const order: string[] = [];
    const does = (id: string) => (): object => {
      order.push(id);
      return {};
    };
    const limited = (id: string): SketchedStage => ({ does: does(id), limits: ['vendor'] });
    const pipeline = sketch(
      {
        short: limited('short'),
        long: limited('long'),
        after: { does: does('after'), needs: ['long'] },
      },
      { limits: VENDOR },
    );
    await execute(pipeline);
    expect(order).toEqual(['long', 'short', 'after']);
  });

  it('is one of ten thousand that wait, and none of them costs more for that', async () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `s${index}`);
    let most = 0;
    let active = 0;
    const does = async (): Promise<object> => {
      most = Math.max(most, ++active);
      await Promise.resolve();
      active--;
      return {};
    };
    const stages = Object.fromEntries(ids.map((id) => [id, { does, limits: ['vendor'] }]));
    const limits = { vendor: { concurrency: 3 } };
    const { result } = await execute(sketch(stages, { limits, concurrency: 4 }));
    expect(result.status).toBe('succeeded');
    expect(most).toBe(3);
  });
});

describe('a circuit breaker', () => {
  const breaker = { failures: 2, reset: '30s' };

  it('has stages wait while it is open, tries one of them, and lets the rest through', async () => {
    const clock = new VirtualClock();
    let isDown = true;
    const calls: string[] = [];
    const does = (id: string) => (): object => {
      calls.push(`${id} at ${clock.monotonic()}`);
      if (isDown) throw new Error('down');
      return {};
    };
    const retry = { attempts: 5, delay: '1s', backoff: 'fixed', jitter: false } as const;
    const stages = Object.fromEntries(
      ['a', 'b', 'c'].map((id) => [id, { does: does(id), limits: ['vendor'], retry }]),
    );
    const limits = { vendor: { concurrency: 1, breaker } };
    const { handle, events } = await begin(sketch(stages, { limits }), { clock });
    await clock.advance(29_000);
    expect(calls).toEqual(['a at 0', 'b at 0']);
    expect(queued(events)).toContain('c: vendor circuit 30000');
    expect(queued(events)).toContain('a: vendor circuit 29000');
    isDown = false;
    await clock.advance(60_000);
    expect((await handle.result).status).toBe('succeeded');
    expect(calls.slice(2)).toEqual(['c at 30000', 'a at 30000', 'b at 30000']);
  });

  it('fails stages at once where it is told so, and tries none of them again', async () => {
    const does = (): object => {
      throw new Error('down');
    };
    const stages = Object.fromEntries(
      ['a', 'b', 'c'].map((id) => [id, { does, limits: ['vendor'], retry: { attempts: 1 } }]),
    );
    const limits = { vendor: { concurrency: 1, breaker: { ...breaker, onOpen: 'fail' as const } } };
    const pipeline = sketch(stages, { limits, failureMode: 'continue' });
    const { result, events } = await execute(pipeline);
    expect(stageIn(result, 'c').failure).toMatchObject({
      code: 'CIRCUIT_OPEN',
      phase: 'limits',
      message:
        'stage "c" did not start: the circuit of the limit "vendor" is open after failures in a row',
    });
    expect(told(events, 'stage.failed')).toHaveLength(3);
    verifyEvents(pipeline.graph, events);
  });

  it('counts only failures that are worth another try', async () => {
    const does = { spec: { retryable: () => false }, run: () => Promise.reject(new Error('no')) };
    const stages = Object.fromEntries(
      ['a', 'b', 'c'].map((id) => [id, { does, limits: ['vendor'] }]),
    );
    const limits = { vendor: { concurrency: 1, breaker: { ...breaker, onOpen: 'fail' as const } } };
    const { result } = await execute(sketch(stages, { limits, failureMode: 'continue' }));
    expect(stageIn(result, 'c').failure?.code).toBe('STAGE_THREW');
  });

  it('is left out by the fallback, which is for when it is open', async () => {
    const down = (): object => {
      throw new Error('down');
    };
    const { stages } = sketch({ kept: () => ({ quotes: 1 }) });
    const Kept = stages[0]?.blueprint.stageClass;
    const limits = { vendor: { breaker: { failures: 1, reset: '1d' } } };
    const pipeline = sketch(
      { quotes: { does: down, limits: ['vendor'], fallback: { stage: Kept } } },
      { limits },
    );
    const { result } = await execute(pipeline);
    expect(result.status).toBe('degraded');
    expect(result.context.get('quotes')).toBe(1);
  });
});

describe('a stage that waits for the world outside', () => {
  const LIMITS = { limits: VENDOR };

  it('gives its limits back meanwhile, and takes them anew to go on', async () => {
    const clock = new VirtualClock();
    const log: string[] = [];
    const naps: SketchedStage = {
      limits: ['vendor'],
      does: async ({ sleep }) => {
        log.push('naps');
        await sleep('10s');
        log.push(`naps on at ${clock.monotonic()}`);
        return {};
      },
    };
    const works: SketchedStage = {
      limits: ['vendor'],
      does: async ({ signal }) => {
        log.push(`works at ${clock.monotonic()}`);
        await new Promise<void>((resolve) => clock.setTimer(30_000, resolve));
        return { isAborted: signal.aborted };
      },
    };
    const pipeline = sketch({ naps, works }, LIMITS);
    const { handle, events } = await begin(pipeline, { clock });
    await clock.advance(60_000);
    expect((await handle.result).status).toBe('succeeded');
    expect(log).toEqual(['naps', 'works at 0', 'naps on at 30000']);
    expect(queued(events)).toContain('naps: vendor busy');
    verifyEvents(pipeline.graph, events);
  });

  it('stands in line no more once it is killed', async () => {
    const clock = new VirtualClock();
    const naps: SketchedStage = { limits: ['vendor'], does: ({ sleep }) => sleep('10s') };
    const { running, gates, stages } = heldStages(['works']);
    const { handle } = await begin(sketch({ naps, ...stages }, LIMITS), { clock });
    await clock.advance(20_000);
    expect([...running]).toEqual(['works']);
    handle.cancel('kill');
    gates.get('works')?.open({});
    await clock.advance(10_000);
    expect(statuses(await handle.result)).toEqual({ naps: 'cancelled', works: 'cancelled' });
    expect(clock.pendingTimers).toBe(0);
  });

  it('goes on once its time has come, although the circuit has opened and others fail for that', async () => {
    const clock = new VirtualClock();
    const naps: SketchedStage = { limits: ['vendor'], does: ({ sleep }) => sleep('10s') };
    const fails: SketchedStage = {
      limits: ['vendor'],
      does: () => Promise.reject(new Error('down')),
    };
    const breaker = { failures: 1, reset: '1d', onOpen: 'fail' as const };
    const fields = { limits: { vendor: { breaker } }, failureMode: 'continue' as const };
    const { handle } = await begin(sketch({ naps, fails }, fields), { clock });
    await clock.advance(20_000);
    expect(statuses(await handle.result)).toEqual({ naps: 'succeeded', fails: 'failed' });
  });

  it('does not keep a process that is not to wait, whoever stood in line behind it', async () => {
    const clock = new VirtualClock();
    const waits: SketchedStage = { limits: ['vendor'], does: ({ waitFor }) => waitFor('approve') };
    const after: SketchedStage = { limits: ['vendor'], does: () => ({}) };
    const { handle } = await begin(sketch({ waits, after }, LIMITS), { clock, detachWaits: true });
    await clock.advance(60_000);
    const result = await handle.result;
    expect(result.status).toBe('waiting');
    expect(statuses(result)).toMatchObject({ after: 'succeeded' });
  });
});
