import { describe, expect, it } from '@jest/globals';
import { logReturns, mean, regressionSlope, sampleDeviation } from './statistics.ts';

describe('statistics', () => {
  it('divides the squares by one less than the count', () => {
    // Mean 5; squares 9 + 1 + 1 + 9 = 20; 20 / 3.
    expect(mean([2, 4, 6, 8])).toBe(5);
    expect(sampleDeviation([2, 4, 6, 8])).toBeCloseTo(Math.sqrt(20 / 3), 14);
    expect(sampleDeviation([1])).toBeNaN();
  });

  it('fits the line by least squares', () => {
    expect(regressionSlope([1, 3, 5, 7])).toBe(2);
    // Places -1, 0, 1 and values 0, 3, 0 around their mean 1: products 1 + 0 - 1.
    expect(regressionSlope([0, 3, 0])).toBe(0);
  });

  it('gives one return less than values', () => {
    expect([...logReturns([1, Math.E, 1])]).toEqual([1, -1]);
    expect([...logReturns([1])]).toEqual([]);
  });
});
