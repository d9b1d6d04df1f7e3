import { describe, expect, it } from '@jest/globals';
import { lastRsi, simpleMovingAverage } from './indicators.ts';

describe('indicators', () => {
  it('averages each full window', () => {
    expect(simpleMovingAverage([1, 2, 3, 6], 3)).toEqual([2, 11 / 3]);
    expect(simpleMovingAverage([1, 2], 3)).toEqual([]);
  });

  it("gives Wilder's relative strength index", () => {
    // First mean gain (2 + 0) / 2 = 1, mean loss (0 + 1) / 2 = .5; the next +1: gain (1 + 1) / 2, loss .25.
    // 100 - 100 / (1 + 1 / .25) = 80.
    expect(lastRsi([10, 12, 11, 12], 2)).toBeCloseTo(80, 10);
    expect(lastRsi([10, 11], 2)).toBeUndefined();
  });
});
