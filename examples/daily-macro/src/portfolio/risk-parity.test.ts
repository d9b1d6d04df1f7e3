import { describe, expect, it } from '@jest/globals';
import { equalRiskWeights, equalWeights, withMinimum } from './risk-parity.ts';

const three = [
  [0.04, 0.018, -0.006],
  [0.018, 0.09, 0.01],
  [-0.006, 0.01, 0.01],
];

function contributions(covariance: number[][], sides: number[], weights: number[]): number[] {
  const held = weights.map((weight, i) => weight * (sides[i] ?? 1));
  return covariance.map((row, i) => {
    return (held[i] ?? 0) * row.reduce((sum, cell, j) => sum + cell * (held[j] ?? 0), 0);
  });
}

describe('equal risk weights', () => {
  it('are inverse to the deviations for two positions, whatever their correlation', () => {
    // Deviations .1 and .2: weights 2/3 and 1/3.
    for (const covariance of [0, 0.01, -0.01]) {
      const matrix = [
        [0.01, covariance],
        [covariance, 0.04],
      ];
      const [first, second] = equalRiskWeights(matrix, [1, 1]);
      expect(first).toBeCloseTo(2 / 3, 10);
      expect(second).toBeCloseTo(1 / 3, 10);
    }
  });

  it('agree with a Newton solution of the same problem', () => {
    // Reference values from numpy; the second with the middle position short.
    const long = equalRiskWeights(three, [1, 1, 1]);
    for (const [i, x] of [0.290_778_19, 0.133_688_72, 0.575_533_08].entries())
      expect(long[i]).toBeCloseTo(x, 7);
    const short = equalRiskWeights(three, [1, -1, 1]);
    for (const [i, x] of [0.268_770_78, 0.182_807_3, 0.548_421_91].entries())
      expect(short[i]).toBeCloseTo(x, 7);
  });

  it('add the same risk with each position, long or short', () => {
    for (const sides of [
      [1, 1, 1],
      [1, -1, 1],
      [-1, -1, 1],
    ]) {
      const parts = contributions(three, sides, equalRiskWeights(three, sides));
      expect(parts[1]).toBeCloseTo(parts[0] ?? Number.NaN, 10);
      expect(parts[2]).toBeCloseTo(parts[0] ?? Number.NaN, 10);
    }
  });
});

describe('the smallest weight', () => {
  it('is .01, taken from the others in proportion', () => {
    // .006 is raised to .01; the .994 of the others shrink to .99.
    const [a, b, c] = withMinimum([0.6, 0.394, 0.006]);
    expect(c).toBe(0.01);
    expect(a).toBeCloseTo((0.6 * 0.99) / 0.994, 12);
    expect((a ?? 0) + (b ?? 0) + (c ?? 0)).toBeCloseTo(1, 12);
  });

  it('leaves weights alone that are large enough, and a single one at 1', () => {
    expect(withMinimum([0.5, 0.5])).toEqual([0.5, 0.5]);
    expect(withMinimum([1])).toEqual([1]);
    expect(equalWeights(4)).toEqual([0.25, 0.25, 0.25, 0.25]);
  });
});
