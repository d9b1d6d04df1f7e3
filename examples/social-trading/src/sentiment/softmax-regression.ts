import { z } from '../base/schema.ts';
import type { SparseRow } from './feature-space.ts';

/** Coefficients of each class, the intercept last. */
export const SoftmaxWeights = z.array(z.array(z.number()).readonly()).readonly();
export type SoftmaxWeights = z.infer<typeof SoftmaxWeights>;

export interface SoftmaxOptions {
  readonly features: number;
  readonly classes: number;
  /** Ridge on all coefficients but the intercepts, a row. Default .001. */
  readonly l2?: number;
  /** Passes over all rows. Default 300. */
  readonly rounds?: number;
}

const LEARNING_RATE = 0.5;
const SMALL = 1e-8;

/**
 * Multinomial logistic regression by full gradients with AdaGrad's steps. Without chance: the same rows give the same
 * weights. Source: J. Duchi, E. Hazan and Y. Singer, Adaptive Subgradient Methods, JMLR 12 (2011).
 */
export function fitSoftmax(
  rows: readonly SparseRow[],
  labels: readonly number[],
  { features, classes, l2 = 0.001, rounds = 300 }: SoftmaxOptions,
): SoftmaxWeights {
  const width = features + 1;
  const weights = Array.from({ length: classes }, () => new Float64Array(width));
  const squares = weights.map((one) => new Float64Array(one.length));
  for (let round = 0; round < rounds; round++) {
    const gradients = gradientsOf(rows, labels, weights);
    for (const [side, weight] of weights.entries()) {
      const [gradient, square] = [gradients[side], squares[side]];
      if (gradient === undefined || square === undefined) continue;
      for (let at = 0; at < width; at++) {
        const ridge = at === features ? 0 : l2 * (weight[at] ?? 0);
        const slope = (gradient[at] ?? 0) + ridge;
        square[at] = (square[at] ?? 0) + slope * slope;
        weight[at] =
          (weight[at] ?? 0) - (LEARNING_RATE * slope) / (Math.sqrt(square[at] ?? 0) + SMALL);
      }
    }
  }
  // Seven digits: enough for any probability that is printed, and a third of the file.
  return weights.map((one) => Array.from(one, (value) => Number(value.toPrecision(7))));
}

function gradientsOf(
  rows: readonly SparseRow[],
  labels: readonly number[],
  weights: readonly Float64Array[],
): Float64Array[] {
  const gradients = weights.map((one) => new Float64Array(one.length));
  for (const [at, row] of rows.entries()) {
    const shares = softmax(row, weights);
    for (const [side, gradient] of gradients.entries()) {
      const error = ((shares[side] ?? 0) - (labels[at] === side ? 1 : 0)) / rows.length;
      for (const [n, place] of row.places.entries()) {
        gradient[place] = (gradient[place] ?? 0) + error * (row.values[n] ?? 0);
      }
      gradient[gradient.length - 1] = (gradient.at(-1) ?? 0) + error;
    }
  }
  return gradients;
}

/** The probability of each class; together 1. */
export function softmax(row: SparseRow, weights: readonly ArrayLike<number>[]): readonly number[] {
  const scores = weights.map((weight) => {
    let score = weight[weight.length - 1] ?? 0;
    for (const [n, place] of row.places.entries()) {
      score += (weight[place] ?? 0) * (row.values[n] ?? 0);
    }
    return score;
  });
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const total = powers.reduce((sum, one) => sum + one, 0);
  return powers.map((power) => power / total);
}
