import type { Bars } from '../bars/bars.ts';
import { wilderAverage } from './moving-averages.ts';

/**
 * Wilder's true range in price units: the largest of high - low and the distances of high and low from the close
 * before. NaN for the first bar, which has none before it. Source: Wilder (1978), section III.
 */
export function trueRange({ high, low, close }: Bars): Float64Array {
  const ranges = new Float64Array(close.length).fill(Number.NaN);
  for (let at = 1; at < close.length; at++) {
    const [top, bottom, before] = [high[at], low[at], close[at - 1]] as [number, number, number];
    ranges[at] = Math.max(top - bottom, Math.abs(top - before), Math.abs(bottom - before));
  }
  return ranges;
}

/**
 * Wilder's average true range in price units, NaN at the first `window` places: the first is the mean of the true
 * ranges of bars 1 to window. The library's own begins a bar early, with the high less the low of bar 0, so only
 * its average is used.
 */
export function averageTrueRange(bars: Bars, window = 14): Float64Array {
  const ranges = trueRange(bars);
  const averages = new Float64Array(ranges.length).fill(Number.NaN);
  if (ranges.length > 1) averages.set(wilderAverage(ranges.subarray(1), window), 1);
  return averages;
}
