import { requireWhole } from '../base/require.ts';
import { runIndicator } from './run-indicator.ts';
import { EMA, SMA, WSMA } from './trading-signals.ts';

/** Mean of the newest `window` values; NaN at the first window - 1 places. */
export function simpleMovingAverage(values: Float64Array, window: number): Float64Array {
  return runIndicator(new SMA(requireWhole('window', window, 1)), values);
}

/**
 * Exponential average with weight 2 / (window + 1), begun with the first value itself: charts that begin with a
 * simple average differ from it for some windows. NaN at the first window - 1 places.
 */
export function exponentialMovingAverage(values: Float64Array, window: number): Float64Array {
  const averages = runIndicator(new EMA(requireWhole('window', window, 1)), values);
  return averages.fill(Number.NaN, 0, window - 1);
}

/**
 * Wilder's average: the first is the mean of `window` values, then each moves by 1 / window of its distance from the
 * new value. NaN at the first window - 1 places. Source: J. W. Wilder, New Concepts in Technical Trading Systems (1978).
 */
export function wilderAverage(values: Float64Array, window: number): Float64Array {
  return runIndicator(new WSMA(requireWhole('window', window, 1)), values);
}
