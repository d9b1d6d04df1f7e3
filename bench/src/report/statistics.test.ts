import { describe, expect, it } from '@jest/globals';
import { median, ratioOf, spreadOf } from './statistics.ts';

describe('statistics', () => {
  it('take the middle of an odd number, and the mean of the two middle ones of an even number', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 3])).toBe(4);
    expect(median([7])).toBe(7);
  });

  it('of nothing are not a number', () => {
    expect(median([])).toBeNaN();
    expect(spreadOf([])).toEqual({ min: Number.NaN, median: Number.NaN, max: Number.NaN });
    expect(ratioOf([], [1]).value).toBeNaN();
    expect(ratioOf([1], []).value).toBeNaN();
  });

  it('leave what they are given as it is', () => {
    const given = [3, 1, 2];
    spreadOf(given);
    expect(given).toEqual([3, 1, 2]);
  });

  it('divide medians, and show the spread of what was measured in the same round', () => {
    expect(ratioOf([20, 60, 40], [10, 20, 40])).toEqual({ value: 2, min: 1, max: 3 });
  });

  it('compare only rounds that both have', () => {
    expect(ratioOf([4, 6, 100], [2, 2])).toEqual({ value: 3, min: 2, max: 3 });
  });
});
