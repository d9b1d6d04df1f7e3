import { describe, expect, it } from '@jest/globals';
import type { AttemptScope } from '../attempt/index.ts';
import { attemptOf, BlockableClock, failureOf } from './testing-local/attempt-of.ts';

const never = (): Promise<never> => new Promise(() => undefined);

/** Notes the parts of a stage's life as they happen. */
function lifeLog(): { readonly log: string[]; readonly note: (part: string) => () => void } {
  const log: string[] = [];
  return { log, note: (part) => () => void log.push(part) };
}

describe('the life of an attempt', () => {
  it('is construct, setup, run, teardown, on one instance', () => {
    const seen: [string, object][] = [];
    const attempt = attemptOf({
      construct: (instance) => seen.push(['construct', instance]),
      setup: (_, instance) => void seen.push(['setup', instance]),
      run: (_, instance) => void seen.push(['run', instance]),
      teardown: (_, instance) => void seen.push(['teardown', instance]),
    });
    expect(seen.map(([part]) => part)).toEqual(['construct', 'setup', 'run', 'teardown']);
    expect(new Set(seen.map(([, instance]) => instance)).size).toBe(1);
    expect(attempt.outcomes).toEqual([{ kind: 'succeeded', outputs: [], updates: [] }]);
  });

  it('waits for each asynchronous part', async () => {
    const { log, note } = lifeLog();
    const later = (part: string) => async (): Promise<void> => {
      await null;
      note(part)();
    };
    const attempt = attemptOf({
      setup: later('setup'),
      run: later('run'),
      teardown: later('teardown'),
    });
    await attempt.clock.advance(0);
    expect(log).toEqual(['setup', 'run', 'teardown']);
    expect(attempt.outcomes).toHaveLength(1);
  });

  it('counts setup and teardown that are fields of the class', () => {
    const { log, note } = lifeLog();
    attemptOf({
      construct: (instance) =>
        Object.assign(instance, { setup: note('setup'), teardown: note('teardown') }),
      run: note('run'),
    });
    expect(log).toEqual(['setup', 'run', 'teardown']);
  });

  it('ends without teardown when the constructor throws', () => {
    const { log, note } = lifeLog();
    const attempt = attemptOf({
      construct: () => {
        throw new RangeError('no');
      },
      run: note('run'),
      teardown: note('teardown'),
    });
    expect(log).toEqual([]);
    expect(failureOf(attempt)).toMatchObject({
      reason: 'threw',
      phase: 'construct',
      message: 'stage "odd" failed in construct: no',
    });
  });

  it('goes from a failed setup to teardown without run', () => {
    const { log, note } = lifeLog();
    const attempt = attemptOf({
      setup: () => Promise.reject(new RangeError('no')),
      run: note('run'),
      teardown: note('teardown'),
    });
    return attempt.clock.advance(0).then(() => {
      expect(log).toEqual(['teardown']);
      expect(failureOf(attempt)).toMatchObject({ reason: 'threw', phase: 'setup' });
    });
  });

  it('tears down after a failed run, and keeps the first failure when teardown fails too', () => {
    const attempt = attemptOf({
      run: () => {
        throw new RangeError('first');
      },
      teardown: () => {
        throw new RangeError('second');
      },
    });
    expect(attempt.outcomes).toMatchObject([
      {
        kind: 'failed',
        failure: { phase: 'run', message: 'stage "odd" failed: first' },
        teardownFailure: { phase: 'teardown', message: 'stage "odd" failed in teardown: second' },
      },
    ]);
  });

  it('is a success with a recorded failure when only teardown fails', () => {
    const attempt = attemptOf({
      run: () => ({ x: 1 }),
      teardown: () => {
        throw new RangeError('late');
      },
    });
    expect(attempt.outcomes).toMatchObject([
      { kind: 'succeeded', teardownFailure: { reason: 'threw', phase: 'teardown' } },
    ]);
  });
});

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

describe('a cancel', () => {
  it('aborts the signal with an AbortError and waits for the grace period', async () => {
    let signal: AbortSignal | undefined;
    const attempt = attemptOf((scope) => {
      signal = scope.signal;
      return never();
    });
    attempt.running.cancel();
    expect(signal?.reason).toMatchObject({ name: 'AbortError' });
    expect(attempt.outcomes).toEqual([]);
    await attempt.clock.advance(100);
    expect(attempt.outcomes).toMatchObject([
      { kind: 'cancelled', failure: { reason: 'cancelled', phase: 'run' } },
    ]);
  });

  it('shows an aborted signal to a stage that asks for it only afterwards', async () => {
    let scope: AttemptScope | undefined;
    const attempt = attemptOf((given) => {
      scope = given;
      return never();
    });
    attempt.running.cancel();
    expect(scope?.signal.aborted).toBe(true);
  });

  it('gives an endless teardown one grace period, however often it is repeated', async () => {
    const attempt = attemptOf({ run: () => ({}), teardown: never }, { graceMs: 100 });
    attempt.running.cancel();
    await attempt.clock.advance(60);
    attempt.running.cancel();
    await attempt.clock.advance(40);
    expect(attempt.outcomes).toMatchObject([
      { kind: 'succeeded', teardownFailure: { reason: 'timed-out' } },
    ]);
  });

  it('never prolongs a teardown that its timeout bounds sooner', async () => {
    const attempt = attemptOf(
      { run: () => ({}), teardown: never },
      { timeoutMs: 50, graceMs: 1000 },
    );
    attempt.running.cancel();
    await attempt.clock.advance(50);
    expect(attempt.outcomes).toHaveLength(1);
  });

  it('after the end changes nothing', async () => {
    const attempt = attemptOf(() => ({ x: 1 }));
    attempt.running.cancel();
    await attempt.clock.advance(1000);
    expect(attempt.outcomes).toMatchObject([{ kind: 'succeeded' }]);
  });
});

describe('progress', () => {
  it('is heard during the attempt and ignored after its end', async () => {
    let report: ((share: number) => void) | undefined;
    const attempt = attemptOf(({ progress }) => {
      report = progress;
      progress(0.5);
      return {};
    });
    report?.(0.9);
    expect(attempt.reports).toEqual([0.5]);
  });
});
