import { describe, expect, it } from '@jest/globals';
import type { AttemptScope } from '../attempt/index.ts';
import { attemptOf, failureOf } from './testing-local/attempt-of.ts';
import { lifeLog, never } from './testing-local/life-log.ts';

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
    expect(attempt.outcomes).toMatchObject([{ kind: 'succeeded', outputs: [], updates: [] }]);
  });

  it('gives a scope that may be taken apart and passed on', () => {
    let rest: Record<string, unknown> = {};
    attemptOf({
      run: ({ inputs: _inputs, ...others }) => {
        rest = others;
      },
    });
    expect(Object.keys(rest).sort()).toEqual([
      'artifacts',
      'attempt',
      'context',
      'idempotencyKey',
      'logger',
      'params',
      'progress',
      'runId',
      'signal',
      'sleep',
      'stageId',
      'waitFor',
    ]);
    expect(rest.signal).toBeInstanceOf(AbortSignal);
    expect(rest.stageId).toBe('odd');
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
