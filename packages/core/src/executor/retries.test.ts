import { describe, expect, it } from '@jest/globals';
import type { AttemptScope } from '../attempt/index.ts';
import { VirtualClock } from '../base/virtual-clock.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import type { RunEvent } from '../events/index.ts';
import { begin, execute, sketch, stageIn, statuses, told } from './testing-local/run-pipeline.ts';

/** Fails until its `succeedsAt`th call. */
function flaky(succeedsAt: number): { readonly run: () => object; readonly calls: () => number } {
  let calls = 0;
  return {
    calls: () => calls,
    run: () => {
      if (++calls < succeedsAt) throw new RangeError(`try ${calls}`);
      return { x: calls };
    },
  };
}

function delays(events: readonly RunEvent[]): number[] {
  return events.flatMap((event) => (event.type === 'stage.retrying' ? [event.delayMs] : []));
}

describe('a retry', () => {
  it('follows each failure until an attempt succeeds, and the attempts are numbered', async () => {
    const { run } = flaky(3);
    const seen: number[] = [];
    const store = new MemoryStore();
    const clock = new VirtualClock();
    const does = (scope: AttemptScope): object => {
      seen.push(scope.attempt);
      return run();
    };
    const { handle, events } = await begin(sketch({ a: { retry: { attempts: 5 }, does } }), {
      store,
      clock,
    });
    await clock.advance(60_000);
    const result = await handle.result;
    expect(stageIn(result, 'a')).toMatchObject({ status: 'succeeded', attempt: 3 });
    expect(seen).toEqual([1, 2, 3]);
    expect(told(events)).toEqual([
      'run.started',
      'stage.started a',
      'stage.retrying a',
      'stage.started a',
      'stage.retrying a',
      'stage.started a',
      'stage.succeeded a',
      'run.finished',
    ]);
    expect(store.loadAttempts(handle.id)).toMatchObject([
      { attempt: 1, status: 'failed', failure: { message: 'stage "a" failed: try 1' } },
      { attempt: 2, status: 'failed', failure: { message: 'stage "a" failed: try 2' } },
      { attempt: 3, status: 'succeeded' },
    ]);
  });

  it('gets a fresh instance', async () => {
    const instances = new Set<object>();
    const clock = new VirtualClock();
    const { run } = flaky(3);
    const does = (_: AttemptScope, instance: object): object => {
      instances.add(instance);
      return run();
    };
    const { handle } = await begin(sketch({ a: { retry: { attempts: 3 }, does } }), { clock });
    await clock.advance(60_000);
    await handle.result;
    expect(instances.size).toBe(3);
  });

  it('is made no more often than the policy says, and the last failure is the one that counts', async () => {
    const clock = new VirtualClock();
    const { run, calls } = flaky(9);
    const { handle } = await begin(sketch({ a: { retry: { attempts: 3 }, does: run } }), { clock });
    await clock.advance(60_000);
    expect(stageIn(await handle.result, 'a')).toMatchObject({
      status: 'failed',
      attempt: 3,
      failure: { message: 'stage "a" failed: try 3' },
    });
    expect(calls()).toBe(3);
  });

  it.each([
    ['fixed', [100, 100, 100, 100]],
    ['linear', [100, 200, 300, 350]],
    ['exponential', [100, 200, 350, 350]],
  ] as const)('waits as %s back-off says, no longer than the most', async (backoff, expected) => {
    const clock = new VirtualClock();
    const retry = {
      attempts: 5,
      backoff,
      delay: '100ms',
      maxDelay: '350ms',
      jitter: false,
    } as const;
    const starts: number[] = [];
    const does = (): never => {
      starts.push(clock.monotonic());
      throw new RangeError('no');
    };
    const { handle, events } = await begin(sketch({ a: { retry, does } }), { clock });
    await clock.advance(2000);
    await handle.result;
    expect(delays(events)).toEqual(expected);
    expect(starts.slice(1).map((start, at) => start - (starts[at] ?? 0))).toEqual(expected);
  });

  it('takes the random part off that it is given', async () => {
    const clock = new VirtualClock();
    const random = [0, 0.5, 0.99].values();
    const { handle, events } = await begin(
      sketch({
        a: { retry: { attempts: 4, backoff: 'fixed', delay: '100ms' }, does: flaky(9).run },
      }),
      { clock, random: () => random.next().value ?? 0 },
    );
    await clock.advance(2000);
    await handle.result;
    expect(delays(events)).toEqual([100, 75, 50.5]);
  });

  it('holds no slot while it waits', async () => {
    const clock = new VirtualClock();
    const { handle, events } = await begin(
      sketch({
        a: { retry: { attempts: 2, delay: '10s', jitter: false }, does: flaky(2).run },
        b: () => ({ y: 1 }),
      }),
      { clock, concurrency: 1 },
    );
    await clock.advance(9999);
    expect(told(events, 'stage.succeeded')).toEqual(['stage.succeeded b']);
    await clock.advance(1);
    expect((await handle.result).status).toBe('succeeded');
  });
});

describe('a run that stops while a stage waits for its next attempt', () => {
  it('by a cancel gives the attempt up at once', async () => {
    const clock = new VirtualClock();
    const { run, calls } = flaky(2);
    const { handle } = await begin(
      sketch({ a: { retry: { attempts: 2, delay: '1h' }, does: run } }),
      { clock },
    );
    await clock.advance(1);
    handle.cancel('drain');
    const result = await handle.result;
    expect(result.status).toBe('cancelled');
    expect(stageIn(result, 'a')).toMatchObject({ status: 'cancelled', attempt: 1 });
    expect([calls(), clock.pendingTimers]).toEqual([1, 0]);
  });

  it('by a failure elsewhere gives the attempt up at once', async () => {
    const clock = new VirtualClock();
    const { handle } = await begin(
      sketch({
        a: { retry: { attempts: 2, delay: '1h' }, does: flaky(2).run },
        b: () => Promise.reject(new RangeError('fatal')),
      }),
      { clock },
    );
    await clock.advance(1);
    const result = await handle.result;
    expect(statuses(result)).toEqual({ a: 'skipped', b: 'failed' });
    expect(stageIn(result, 'a').reason).toBe('the run stopped after "b" failed');
  });
});

describe('a failure after the run was told to stop', () => {
  it('is not retried', async () => {
    const open = Promise.withResolvers<void>();
    const clock = new VirtualClock();
    const { handle } = await begin(
      sketch({
        a: {
          retry: { attempts: 3, delay: '1s' },
          does: async () => {
            await open.promise;
            throw new RangeError('no');
          },
        },
      }),
      { clock },
    );
    await clock.advance(0);
    handle.cancel('drain');
    open.resolve();
    await clock.advance(0);
    expect(stageIn(await handle.result, 'a')).toMatchObject({ status: 'failed', attempt: 1 });
  });
});

describe('attempts across resumes', () => {
  it('are numbered on, and each session has the full number of tries', async () => {
    const store = new MemoryStore();
    const { run } = flaky(6);
    const retry = { attempts: 3, delay: '0ms' } as const;
    const pipeline = sketch({ a: { retry, does: run } });
    const first = await execute(pipeline, { store });
    expect(stageIn(first.result, 'a')).toMatchObject({ status: 'failed', attempt: 3 });
    const second = await execute(pipeline, { store, resume: first.handle.id });
    expect(stageIn(second.result, 'a')).toMatchObject({ status: 'succeeded', attempt: 6 });
    expect(
      store.loadAttempts(first.handle.id).map(({ attempt, fence }) => [attempt, fence]),
    ).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 2],
      [5, 2],
      [6, 2],
    ]);
  });

  it('waits for as long as what was thrown asks for', async () => {
    const clock = new VirtualClock();
    let calls = 0;
    const does = (): object => {
      if (++calls === 1) throw Object.assign(new Error('busy'), { retryAfterMs: 90_000 });
      return {};
    };
    const retry = { attempts: 2, delay: '1s', maxDelay: '2s' };
    const { handle, events } = await begin(sketch({ a: { retry, does } }), { clock });
    await clock.advance(89_999);
    expect(calls).toBe(1);
    await clock.advance(1);
    expect((await handle.result).status).toBe('succeeded');
    expect(delays(events)).toEqual([90_000]);
  });

  it('follows only failures that the config lists', async () => {
    const { run, calls } = flaky(3);
    const retry = { attempts: 5, delay: '0s', on: ['TypeError'] };
    const { result } = await execute(sketch({ a: { retry, does: run } }));
    expect([result.status, calls()]).toEqual(['failed', 1]);
    const listed = flaky(3);
    const other = { attempts: 5, delay: '0s', on: ['RangeError'] };
    const second = await execute(sketch({ a: { retry: other, does: listed.run } }));
    expect([second.result.status, listed.calls()]).toEqual(['succeeded', 3]);
  });
});
