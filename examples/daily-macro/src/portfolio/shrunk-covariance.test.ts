import { describe, expect, it } from '@jest/globals';
import { shrunkCovariance } from './shrunk-covariance.ts';

describe('the shrunk covariance', () => {
  it('is the sample for two instruments, whose one correlation is its own mean', () => {
    // Means 2 and 4. Deviations -1, 0, 1 and -2, 2, 0: variances 2/3 and 8/3, covariance (2 + 0 + 0) / 3.
    const { covariance } = shrunkCovariance([
      [1, 2, 3],
      [2, 6, 4],
    ]);
    expect(covariance[0]?.[0]).toBeCloseTo(2 / 3, 12);
    expect(covariance[1]?.[1]).toBeCloseTo(8 / 3, 12);
    expect(covariance[0]?.[1]).toBeCloseTo(2 / 3, 12);
  });

  it('agrees with a matrix transcription of covCor.m by Ledoit and Wolf', () => {
    // Reference values from numpy on the same 60 rows.
    const t = Array.from({ length: 60 }, (_, at) => at);
    const { covariance, shrinkage } = shrunkCovariance([
      t.map((x) => Math.sin(x)),
      t.map((x) => Math.sin(x) + 0.3 * Math.sin(5 * x)),
      t.map((x) => 2 * Math.cos(2.3 * x)),
    ]);
    expect(shrinkage).toBeCloseTo(0.109_152_733_472_570_39, 10);
    expect(covariance[0]?.[0]).toBeCloseTo(0.496_627_662_585_373_6, 10);
    expect(covariance[0]?.[1]).toBeCloseTo(0.466_681_364_472_961_66, 10);
    expect(covariance[0]?.[2]).toBeCloseTo(0.019_179_381_366_412_646, 10);
    expect(covariance[1]?.[2]).toBeCloseTo(0.030_855_265_042_816_583, 10);
    expect(covariance[2]?.[2]).toBeCloseTo(2.008_345_062_895_038, 10);
  });

  it('never shrinks by more than all', () => {
    const { shrinkage } = shrunkCovariance([
      [1, 2, -1, 0, 3, -2, 1, -1],
      [2, 1, 0, -2, 1, -1, -3, 2],
      [0, -1, 3, 1, 2, -4, 0, 2],
    ]);
    expect(shrinkage).toBe(1);
  });
});
