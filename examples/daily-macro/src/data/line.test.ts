import { describe, expect, it } from '@jest/globals';
import { combine, difference, logChange, percentChange, zOfLast } from './line.ts';

const line = (...values: number[]) => ({ days: values.map((_, at) => at), values });

describe('lines', () => {
  it('changes over periods keep the day of the later value', () => {
    expect(percentChange(line(100, 110, 121), 2)).toMatchObject({ days: [2] });
    expect(percentChange(line(100, 110, 121), 2).values[0]).toBeCloseTo(21, 12);
    expect(difference(line(1, 4, 9), 1)).toEqual({ days: [1, 2], values: [3, 5] });
    expect(logChange(line(1, Math.E), 1).values[0]).toBeCloseTo(1, 12);
  });

  it('has no change where the history is shorter than the period', () => {
    expect(difference(line(1, 2), 2)).toEqual({ days: [], values: [] });
  });

  it('combines only the days that both have', () => {
    const a = { days: [1, 2, 4], values: [10, 20, 40] };
    const b = { days: [2, 3, 4], values: [1, 2, 3] };
    expect(combine(a, b, (x, y) => x + y)).toEqual({ days: [2, 4], values: [21, 43] });
  });

  it('measures the last value against the window before it', () => {
    // 1, 2, 3 have mean 2 and sample deviation 1; 4 lies two above.
    expect(zOfLast(line(99, 1, 2, 3, 4), 3)).toBeCloseTo(2, 12);
  });

  it('has no score for a short or a constant history', () => {
    expect(zOfLast(line(1, 2, 3), 3)).toBeUndefined();
    expect(zOfLast(line(5, 5, 5, 6), 3)).toBeUndefined();
  });
});
