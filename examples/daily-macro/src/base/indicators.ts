/** The only file of this example that imports trading-signals. */
import { RSI, SMA } from 'trading-signals';

/** Wilder's relative strength index of the last value, 0 to 100; undefined for too short a series. */
export function lastRsi(values: Iterable<number>, interval: number): number | undefined {
  const rsi = new RSI(interval);
  for (const value of values) rsi.add(value);
  return rsi.getResult() ?? undefined;
}

/** Simple moving average at each value that has `interval` values up to and including it. */
export function simpleMovingAverage(values: Iterable<number>, interval: number): number[] {
  const average = new SMA(interval);
  const results: number[] = [];
  for (const value of values) {
    const result = average.add(value);
    if (result !== null) results.push(result);
  }
  return results;
}
