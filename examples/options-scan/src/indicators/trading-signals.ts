/** The only file of this example that imports trading-signals. All of them undefined for too short a series. */
import { BollingerBands, RSI, SMA, WSMA } from 'trading-signals';

/** Simple moving average of the last `interval` values. */
export function movingAverage(values: Float64Array, interval: number): number | undefined {
  const average = new SMA(interval);
  for (const value of values.subarray(-interval)) average.add(value);
  return average.getResult() ?? undefined;
}

/** Wilder's relative strength index of the last value, 0 to 100; undefined also where nothing ever moved. */
export function relativeStrength(values: Float64Array, interval: number): number | undefined {
  const index = new RSI(interval);
  for (const value of values) index.add(value);
  // The library takes a series without losses for 100, also one without gains.
  if (values.every((value) => value === values[0])) return undefined;
  return index.getResult() ?? undefined;
}

/** Wilder's smoothing: the mean of the first `interval` values, from then on (before x (interval - 1) + value) / interval. */
export function wilderAverage(values: Float64Array, interval: number): number | undefined {
  const average = new WSMA(interval);
  for (const value of values) average.add(value);
  return average.getResult() ?? undefined;
}

/** (upper - lower) / middle of Bollinger's bands with deviations of the sample. */
export function bandWidth(
  values: Float64Array,
  interval: number,
  deviations: number,
): number | undefined {
  const bands = new BollingerBands(interval, deviations);
  for (const value of values.subarray(-interval)) bands.add(value);
  const band = bands.getResult();
  if (band === null) return undefined;
  // The library divides the squares by n; the sample's deviation divides them by n - 1.
  const toSample = Math.sqrt(interval / (interval - 1));
  return ((band.upper - band.lower) / band.middle) * toSample;
}
