import { requireWhole } from '../base/require.ts';

/**
 * Exponentially weighted standard deviation, bias-corrected, with weight (1 - 2 / (span + 1)) ^ age on each value:
 * the `ewm(span).std()` of pandas with its defaults (adjust, no bias). NaN for the first value; values that are NaN
 * at the start are passed over. O(1) a value.
 *
 * With weights w: variance = sum w (x - mean)^2 / sum w * (sum w)^2 / ((sum w)^2 - sum w^2).
 */
export function exponentialDeviation(values: Float64Array, span = 100): Float64Array {
  requireWhole('span', span, 1);
  const decay = 1 - 2 / (span + 1);
  const deviations = new Float64Array(values.length).fill(Number.NaN);
  let mean = 0;
  let spread = 0;
  let weights = 0;
  let squaredWeights = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (Number.isNaN(value)) continue;
    const old = weights * decay;
    weights = old + 1;
    squaredWeights = squaredWeights * decay * decay + 1;
    const distance = value - mean;
    mean += distance / weights;
    // West's update: the spread is sum w (x - mean)^2, kept without the cancellation of sums of squares.
    spread = spread * decay + (old / weights) * distance * distance;
    const correction = weights * weights - squaredWeights;
    if (old > 0 && correction > 0) deviations[at] = Math.sqrt((spread * weights) / correction);
  }
  return deviations;
}
