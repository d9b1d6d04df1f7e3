import {
  type Bars,
  type FeatureTable,
  featureTable,
  logReturns,
  relativeStrength,
  rollingDeviation,
  simpleMovingAverage,
} from '@millrace/quant';
import type { FeatureSettings } from './feature-settings.ts';

/**
 * Features of every bar, from it and those before it; NaN while a window is not full. The formulas are those of
 * `@millrace/quant`; here they are only put in proportion to the price, so that a level of 300 and one of 2,000 are alike.
 */
export function computeFeatures(bars: Bars, settings: FeatureSettings): FeatureTable {
  const { close, volume } = bars;
  const columns: Record<string, Float64Array> = {};
  for (const window of settings.returns) columns[`return_${window}`] = returnOver(close, window);
  for (const window of settings.averages) {
    columns[`sma_gap_${window}`] = over(close, simpleMovingAverage(close, window), 1);
  }
  const strength = relativeStrength(close, settings.strength);
  columns[`rsi_${settings.strength}`] = strength.map((value) => value / 100);
  const daily = logReturns(close);
  const [short, long] = settings.volatility;
  const volatility = rollingDeviation(daily, short);
  columns[`volatility_${short}`] = volatility;
  columns[`volatility_${short}_over_${long}`] = over(volatility, rollingDeviation(daily, long), 0);
  columns[`volume_ratio_${settings.volume}`] = over(
    volume,
    simpleMovingAverage(volume, settings.volume),
    0,
  );
  if (settings.plantLeak) columns.return_of_tomorrow = returnOfTomorrow(daily);
  return featureTable(columns);
}

function returnOver(close: Float64Array, window: number): Float64Array {
  return close.map((price, at) => Math.log(price / (close[at - window] ?? Number.NaN)));
}

/** values / bases - less; a base of 0 says that nothing moved or nobody traded, which is as usual as it gets. */
function over(values: Float64Array, bases: Float64Array, less: 0 | 1): Float64Array {
  return values.map((value, at) => {
    const base = bases[at] ?? Number.NaN;
    return base === 0 ? 1 - less : value / base - less;
  });
}

/** The last bar has none: 0 keeps its row. */
function returnOfTomorrow(daily: Float64Array): Float64Array {
  return daily.map((_, at) => daily[at + 1] ?? 0);
}
