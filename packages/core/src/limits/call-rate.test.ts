import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CallRate } from './call-rate.ts';

describe('a call rate', () => {
  it('lets so many start at once, and the next when the first of them is long enough ago', () => {
    const rate = new CallRate();
    const limit = { calls: 2, perMs: 100 };
    rate.take(limit, 1, 0);
    expect(rate.waitMs(limit, 1, 30)).toBe(0);
    rate.take(limit, 1, 30);
    expect(rate.waitMs(limit, 1, 30)).toBe(70);
    expect(rate.waitMs(limit, 2, 30)).toBe(100);
    expect(rate.waitMs(limit, 1, 100)).toBe(0);
  });

  it('lets one through that costs more than is ever there, once nothing else counts', () => {
    const rate = new CallRate();
    const limit = { calls: 2, perMs: 100 };
    rate.take(limit, 5, 0);
    expect(rate.waitMs(limit, 5, 40)).toBe(60);
    expect(rate.waitMs(limit, 5, 100)).toBe(0);
  });

  it('waits whole milliseconds, so that no timer comes too early by a rounding error', () => {
    const rate = new CallRate();
    rate.take({ calls: 1, perMs: 100 }, 1, 0.3);
    expect(rate.waitMs({ calls: 1, perMs: 100 }, 1, 50.1)).toBe(51);
  });

  it('never lets more start within any stretch of its length, whoever asks when', () => {
    const asks = fc.array(fc.record({ gap: fc.nat(40), cost: fc.integer({ min: 1, max: 3 }) }));
    fc.assert(
      fc.property(asks, fc.integer({ min: 3, max: 6 }), (list, calls) => {
        const limit = { calls, perMs: 50 };
        const rate = new CallRate();
        const starts: { atMs: number; cost: number }[] = [];
        let nowMs = 0;
        for (const { gap, cost } of list) {
          nowMs += gap;
          nowMs += rate.waitMs(limit, cost, nowMs);
          rate.take(limit, cost, nowMs);
          starts.push({ atMs: nowMs, cost });
        }
        for (const { atMs: fromMs } of starts) {
          const within = starts.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + 50);
          expect(within.reduce((sum, { cost }) => sum + cost, 0)).toBeLessThanOrEqual(calls);
        }
      }),
    );
  });
});
