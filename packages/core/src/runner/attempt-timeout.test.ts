import { describe, expect, it } from '@jest/globals';
import { attemptOf, BlockableClock, failureOf } from './testing-local/attempt-of.ts';
import { lifeLog, never } from './testing-local/life-log.ts';

describe('a timeout', () => {
  it('aborts the signal with a TimeoutError and fails the attempt after the grace period', async () => {
    let signal: AbortSignal | undefined;
    const attempt = attemptOf(
      (scope) => {
        signal = scope.signal;
        return never();
      },
      { timeoutMs: 1000, graceMs: 50 },
    );
    await attempt.clock.advance(999);
    expect(signal?.aborted).toBe(false);
    await attempt.clock.advance(1);
    expect(signal?.reason).toMatchObject({ name: 'TimeoutError' });
    expect(attempt.outcomes).toEqual([]);
    await attempt.clock.advance(49);
    expect(attempt.outcomes).toEqual([]);
    await attempt.clock.advance(1);
    expect(failureOf(attempt)).toMatchObject({
      reason: 'timed-out',
      code: 'STAGE_TIMED_OUT',
      phase: 'run',
      message: 'stage "odd" did not end its run within 1.0s',
    });
  });

  it('ends at once when the stage stops in its grace period, whatever it gives then', async () => {
    for (const stop of ['resolve', 'reject'] as const) {
      const attempt = attemptOf(
        ({ signal }) =>
          new Promise((resolve, reject) => {
            const end = stop === 'resolve' ? () => resolve({ late: 1 }) : reject;
            signal.addEventListener('abort', () => end(signal.reason));
          }),
        { timeoutMs: 1000, graceMs: 50 },
      );
      await attempt.clock.advance(1000);
      expect(failureOf(attempt)).toMatchObject({ reason: 'timed-out' });
      expect(attempt.clock.pendingTimers).toBe(0);
    }
  });

  it('drops what comes after the grace period, also a rejection', async () => {
    const results = [Promise.withResolvers<object>(), Promise.withResolvers<object>()];
    const attempts = results.map(({ promise }) =>
      attemptOf(() => promise, { timeoutMs: 10, graceMs: 10 }),
    );
    for (const { clock } of attempts) await clock.advance(20);
    results[0]?.resolve({ late: 1 });
    results[1]?.reject(new RangeError('late'));
    for (const attempt of attempts) {
      await attempt.clock.advance(0);
      expect(failureOf(attempt)).toMatchObject({ reason: 'timed-out' });
    }
  });

  it('counts setup and run together and begins nothing new afterwards', async () => {
    const { log, note } = lifeLog();
    const setup = Promise.withResolvers<void>();
    const attempt = attemptOf(
      { setup: () => setup.promise, run: note('run'), teardown: note('teardown') },
      { timeoutMs: 100, graceMs: 50 },
    );
    await attempt.clock.advance(100);
    setup.resolve();
    await attempt.clock.advance(0);
    expect(log).toEqual(['teardown']);
    expect(failureOf(attempt)).toMatchObject({ reason: 'timed-out', phase: 'setup' });
  });

  it('settles and tears down once, also when setup ends long after it', async () => {
    const { log, note } = lifeLog();
    const setup = Promise.withResolvers<void>();
    const attempt = attemptOf(
      { setup: () => setup.promise, run: note('run'), teardown: note('teardown') },
      { timeoutMs: 100, graceMs: 50 },
    );
    await attempt.clock.advance(150);
    setup.resolve();
    await attempt.clock.advance(1000);
    expect(log).toEqual(['teardown']);
    expect(attempt.outcomes).toHaveLength(1);
  });

  it('is noticed when run blocked the event loop past it', () => {
    const clock = new BlockableClock();
    const run = (): object => {
      clock.block(101);
      return { x: 1 };
    };
    expect(failureOf(attemptOf(run, { clock, timeoutMs: 100 }))).toMatchObject({
      reason: 'timed-out',
      phase: 'run',
    });
  });

  it('is noticed when setup blocked the event loop past it, before run begins', () => {
    const clock = new BlockableClock();
    const { log, note } = lifeLog();
    const setup = (): void => clock.block(101);
    const attempt = attemptOf({ setup, run: note('run') }, { clock, timeoutMs: 100 });
    expect(log).toEqual([]);
    expect(failureOf(attempt)).toMatchObject({ reason: 'timed-out', phase: 'setup' });
  });

  it('bounds teardown after a timeout by the grace period', async () => {
    const attempt = attemptOf({ run: never, teardown: never }, { timeoutMs: 100, graceMs: 30 });
    await attempt.clock.advance(130);
    expect(attempt.outcomes).toEqual([]);
    await attempt.clock.advance(30);
    expect(attempt.outcomes).toMatchObject([
      { kind: 'failed', teardownFailure: { reason: 'timed-out', phase: 'teardown' } },
    ]);
  });

  it('bounds teardown after a success by the timeout', async () => {
    const attempt = attemptOf({ run: () => ({}), teardown: never }, { timeoutMs: 100 });
    await attempt.clock.advance(99);
    expect(attempt.outcomes).toEqual([]);
    await attempt.clock.advance(1);
    expect(attempt.outcomes).toMatchObject([
      { kind: 'succeeded', teardownFailure: { reason: 'timed-out', phase: 'teardown' } },
    ]);
  });
});
