import { describe, expect, it } from '@jest/globals';
import { SeededRandom } from '../graph/index.ts';
import { NO_RETRY, type RetryPolicy, retryDelayMs } from './retry-policy.ts';

function delays(policy: Partial<RetryPolicy>): number[] {
  const whole = { ...NO_RETRY, attempts: 9, delayMs: 100, jitter: false, ...policy };
  return [1, 2, 3, 4, 5].map((failed) =>
    retryDelayMs(whole, { failedAttempts: failed }, () => 0.5),
  );
}

describe('retryDelayMs', () => {
  it('waits the same, ever longer by the same, or twice as long each time', () => {
    expect(delays({ backoff: 'fixed' })).toEqual([100, 100, 100, 100, 100]);
    expect(delays({ backoff: 'linear' })).toEqual([100, 200, 300, 400, 500]);
    expect(delays({ backoff: 'exponential' })).toEqual([100, 200, 400, 800, 1600]);
  });

  it('never waits longer than the longest wait, and never something that is no number', () => {
    expect(delays({ backoff: 'linear', maxDelayMs: 250 })).toEqual([100, 200, 250, 250, 250]);
    expect(delays({ delayMs: 0 })).toEqual([0, 0, 0, 0, 0]);
    for (const failed of [50, 1000, 5000]) {
      expect(
        retryDelayMs({ ...NO_RETRY, jitter: false }, { failedAttempts: failed }, Math.random),
      ).toBe(60_000);
      expect(
        retryDelayMs({ ...NO_RETRY, delayMs: 0 }, { failedAttempts: failed }, Math.random),
      ).toBe(0);
    }
  });

  it('takes at most half off by chance, and all of the range is used', () => {
    const random = new SeededRandom(1);
    const policy: RetryPolicy = { ...NO_RETRY, backoff: 'fixed', delayMs: 1000 };
    const waits = Array.from({ length: 2000 }, () =>
      retryDelayMs(policy, { failedAttempts: 1 }, () => random.next()),
    );
    expect(Math.min(...waits)).toBeGreaterThan(500);
    expect(Math.min(...waits)).toBeLessThan(510);
    expect(Math.max(...waits)).toBeLessThanOrEqual(1000);
    expect(Math.max(...waits)).toBeGreaterThan(990);
    expect(retryDelayMs(policy, { failedAttempts: 1 }, () => 0)).toBe(1000);
  });

  it('cuts the full wait before chance takes its part', () => {
    const policy: RetryPolicy = { ...NO_RETRY, delayMs: 1000, maxDelayMs: 2000 };
    expect(retryDelayMs(policy, { failedAttempts: 10 }, () => 0.5)).toBe(1500);
  });

  it('is at least as long as what was thrown asks for, past the longest wait too, up to a day', () => {
    const policy: RetryPolicy = { ...NO_RETRY, delayMs: 1000 };
    const waitMs = (retryAfterMs: number): number =>
      retryDelayMs(policy, { failedAttempts: 1, retryAfterMs }, () => 0.5);
    expect([waitMs(0), waitMs(900), waitMs(90_000)]).toEqual([750, 900, 90_000]);
    expect(waitMs(1e12)).toBe(24 * 60 * 60 * 1000);
  });
});
