import { exponentialMovingAverage } from '@millrace/quant';

/**
 * The primary signal of this example: with the trend, long above the exponential average of the closes and short below it.
 * Deliberately plain: whether to follow it is what the meta-model is for.
 * @returns for each bar 1, -1 or 0
 */
export function trendSides(close: Float64Array, window = 50): Int8Array {
  const average = exponentialMovingAverage(close, window);
  return Int8Array.from(close, (price, at) => Math.sign(price - (average[at] ?? price)) || 0);
}
