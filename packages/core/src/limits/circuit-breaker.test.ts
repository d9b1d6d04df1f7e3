import { describe, expect, it } from '@jest/globals';
import { type CallResult, CircuitBreaker } from './circuit-breaker.ts';

const DEFINITION = { failures: 2, resetMs: 100, onOpen: 'wait' } as const;
const PROBE = true;
const NO_PROBE = false;

function ended(breaker: CircuitBreaker, results: readonly CallResult[], nowMs: number): boolean[] {
  return results.map((result) => breaker.end({ result, isProbe: NO_PROBE }, DEFINITION, nowMs));
}

function opened(): CircuitBreaker {
  const breaker = new CircuitBreaker();
  ended(breaker, ['failed', 'failed'], 0);
  return breaker;
}

/** Open since 0, and probed at 100. */
function probing(): CircuitBreaker {
  const breaker = opened();
  expect(breaker.begin(100)).toBe(true);
  return breaker;
}

describe('a circuit breaker', () => {
  it('opens after so many failures in a row, and says so once', () => {
    const breaker = new CircuitBreaker();
    expect(ended(breaker, ['failed', 'failed', 'failed'], 10)).toEqual([false, true, false]);
    expect(breaker.state(10)).toEqual({ kind: 'open', untilMs: 110 });
  });

  it('counts anew after a success, and not what says nothing', () => {
    const breaker = new CircuitBreaker();
    ended(breaker, ['failed', 'other'], 0);
    expect(breaker.state(0)).toEqual({ kind: 'closed', failures: 1 });
    ended(breaker, ['worked', 'failed'], 0);
    expect(breaker.state(0)).toEqual({ kind: 'closed', failures: 1 });
  });

  it('stays open until its time is over, whatever those report who had begun before', () => {
    const breaker = opened();
    ended(breaker, ['worked', 'failed', 'other'], 50);
    expect(breaker.state(99)).toEqual({ kind: 'open', untilMs: 100 });
    expect(breaker.state(100)).toEqual({ kind: 'half-open' });
  });

  it('stays half-open until somebody tries, whatever those report who had begun before', () => {
    const breaker = opened();
    expect(breaker.state(150).kind).toBe('half-open');
    ended(breaker, ['worked', 'failed', 'other'], 150);
    expect(breaker.state(150)).toEqual({ kind: 'half-open' });
  });

  it('takes only the first that begins then as its probe', () => {
    const breaker = probing();
    expect(breaker.state(101)).toEqual({ kind: 'probing' });
    expect(breaker.begin(101)).toBe(false);
    expect(new CircuitBreaker().begin(0)).toBe(false);
  });

  it('closes when the probe worked, and opens again when it failed', () => {
    const [worked, failed] = [probing(), probing()];
    expect(worked.end({ result: 'worked', isProbe: PROBE }, DEFINITION, 120)).toBe(false);
    expect(worked.state(120)).toEqual({ kind: 'closed', failures: 0 });
    expect(failed.end({ result: 'failed', isProbe: PROBE }, DEFINITION, 120)).toBe(true);
    expect(failed.state(120)).toEqual({ kind: 'open', untilMs: 220 });
  });

  it('lets another try when the probe says nothing', () => {
    const breaker = probing();
    expect(breaker.end({ result: 'other', isProbe: PROBE }, DEFINITION, 120)).toBe(false);
    expect(breaker.state(120)).toEqual({ kind: 'half-open' });
  });

  it('waits for the probe, whatever those report who had begun before', () => {
    const breaker = probing();
    ended(breaker, ['worked', 'failed', 'other'], 120);
    expect(breaker.state(120)).toEqual({ kind: 'probing' });
  });
});
