import { probabilityOf } from '../meta-model.ts';

/**
 * Weighted mean of -ln(probability of what came), probabilities kept 1e-15 away from 0; 0 without weight.
 * @param scores log odds of label 1
 */
export function meanLogLoss(
  scores: Float64Array,
  labels: Uint8Array,
  weights: Float64Array,
): number {
  let loss = 0;
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const score = scores[row] as number;
    const odds = labels[row] === 1 ? score : -score;
    const weight = weights[row] as number;
    loss -= weight * Math.log(Math.max(1e-15, probabilityOf(odds)));
    total += weight;
  }
  return total > 0 ? loss / total : 0;
}
