import type { Bars } from '../bars/bars.ts';
import { averageTrueRange } from '../indicators/average-true-range.ts';
import { logReturns } from '../statistics/returns.ts';
import { writeFeatures } from './feature-formulas.ts';
import {
  checkFeatureOptions,
  type FeatureOptions,
  PRICE_FEATURES,
  warmUpBars,
} from './feature-options.ts';
import type { FeatureTable } from './feature-table.ts';

/**
 * The features of every bar, NaN during the warm-up. Written as the definitions read, window by window, so that it can
 * be held against {@link FeatureEngine}, which updates running figures. O(bars x window). Each row rests on its own bar
 * and those before it only.
 * @throws MillraceError QUANT_ARGUMENT
 */
export function priceFeatures(bars: Bars, options: FeatureOptions = {}): FeatureTable {
  const { window, atrWindow, slowWindow, borders } = checkFeatureOptions(options);
  const { close, volume } = bars;
  const count = close.length;
  const returns = logReturns(close);
  const changes = close.map((price, at) => Math.abs(price - (close[at - 1] ?? price)));
  const volatility = windowed(returns, window, 1, deviationOf);
  const slowVolatility = windowed(returns, slowWindow, 1, deviationOf);
  const volatilityOfVolatility = windowed(volatility, window, window, deviationOf);
  const path = windowed(changes, window, 1, sumOf);
  const ranges = averageTrueRange(bars, atrWindow);
  const meanClose = windowed(close, window, 0, meanOf);
  const closeDeviation = windowed(close, window, 0, deviationOf);
  const meanVolume = windowed(volume, window, 0, meanOf);
  const columns = PRICE_FEATURES.map(() => new Float64Array(count).fill(Number.NaN));
  const row = new Float64Array(PRICE_FEATURES.length);
  const at = (column: Float64Array, index: number): number => column[index] as number;
  for (let bar = warmUpBars(options) - 1; bar < count; bar++) {
    const ingredients = {
      close: at(close, bar),
      closeBefore: at(close, bar - window),
      volatility: at(volatility, bar),
      slowVolatility: at(slowVolatility, bar),
      volatilityOfVolatility: at(volatilityOfVolatility, bar),
      meanClose: at(meanClose, bar),
      closeDeviation: at(closeDeviation, bar),
      path: at(path, bar),
      averageTrueRange: at(ranges, bar),
      volume: at(volume, bar),
      meanVolume: at(meanVolume, bar),
    };
    writeFeatures(row, ingredients, borders);
    for (const [feature, column] of columns.entries()) column[bar] = row[feature] as number;
  }
  return { names: PRICE_FEATURES, columns };
}

type Figure = (values: Float64Array, from: number, to: number) => number;

/** A figure of each full window of a column whose values begin at `first`; NaN before. */
function windowed(
  values: Float64Array,
  window: number,
  first: number,
  figure: Figure,
): Float64Array {
  const results = new Float64Array(values.length).fill(Number.NaN);
  for (let to = first + window; to <= values.length; to++) {
    results[to - 1] = figure(values, to - window, to);
  }
  return results;
}

const sumOf: Figure = (values, from, to) => {
  let sum = 0;
  for (let at = from; at < to; at++) sum += values[at] as number;
  return sum;
};

const meanOf: Figure = (values, from, to) => sumOf(values, from, to) / (to - from);

const deviationOf: Figure = (values, from, to) => {
  const mean = meanOf(values, from, to);
  let spread = 0;
  for (let at = from; at < to; at++) spread += ((values[at] as number) - mean) ** 2;
  return Math.sqrt(spread / (to - from - 1));
};
