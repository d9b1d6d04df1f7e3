import { element } from '../base/element.ts';
import type { Matrix } from './shrunk-covariance.ts';

export const MINIMUM_OBSERVATIONS = 60;
const MINIMUM_WEIGHT = 0.01;

const TOLERANCE = 1e-12;
const MAXIMUM_SWEEPS = 10_000;

/** Sum of covariance x weight over the other positions, in the sides that are held. */
function pull(
  covariance: Matrix,
  sides: readonly number[],
  weights: readonly number[],
  i: number,
): number {
  return weights.reduce((total, weight, j) => {
    if (i === j) return total;
    const signed = element(sides, i) * element(sides, j) * element(element(covariance, i), j);
    return total + signed * weight;
  }, 0);
}

/**
 * Positive weights, summing to 1, at which every position adds the same risk to the book. Cyclical coordinate
 * descent: x_i = (-c_i + sqrt(c_i^2 + 4 s_ii / n)) / (2 s_ii) with c_i = sum of s_ij x_j over j <> i.
 * T. Griveau-Billion, J.-C. Richard, T. Roncalli, "A Fast Algorithm for Computing High-dimensional Risk Parity
 * Portfolios" (2013). Short positions enter with their sign.
 */
export function equalRiskWeights(covariance: Matrix, sides: readonly number[]): number[] {
  const size = covariance.length;
  const weights = covariance.map((row, i) => 1 / Math.sqrt(element(row, i) * size));
  for (let sweep = 0; sweep < MAXIMUM_SWEEPS; sweep += 1) {
    let moved = 0;
    for (let i = 0; i < size; i += 1) {
      const variance = element(element(covariance, i), i);
      const c = pull(covariance, sides, weights, i);
      const next = (-c + Math.sqrt(c * c + (4 * variance) / size)) / (2 * variance);
      moved = Math.max(moved, Math.abs(next / element(weights, i) - 1));
      weights[i] = next;
    }
    if (moved < TOLERANCE) break;
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Raises weights below the minimum to it and shrinks the others, so that the sum stays 1. */
export function withMinimum(weights: readonly number[], minimum = MINIMUM_WEIGHT): number[] {
  const raised = new Set<number>();
  for (;;) {
    const free = weights.reduce((sum, weight, i) => sum + (raised.has(i) ? 0 : weight), 0);
    const room = 1 - minimum * raised.size;
    const adjusted = weights.map((weight, i) => (raised.has(i) ? minimum : (weight * room) / free));
    const low = adjusted.findIndex((weight, i) => !raised.has(i) && weight < minimum);
    if (low === -1) return adjusted;
    raised.add(low);
  }
}

export function equalWeights(size: number): number[] {
  return Array.from({ length: size }, () => 1 / size);
}
