import { requireWhole } from '../base/require.ts';
import { EMA, MACD } from './trading-signals.ts';

export interface MacdColumns {
  readonly macd: Float64Array;
  readonly signal: Float64Array;
  readonly histogram: Float64Array;
}

export interface MacdOptions {
  /** Default 12. */
  readonly fast?: number;
  /** Default 26. */
  readonly slow?: number;
  /** Default 9. */
  readonly signal?: number;
}

/**
 * Distance of a fast exponential average from a slow one, and its own average, in price units. All averages begin
 * with their first value; the signal begins with the first distance. NaN at the first slow - 1 places.
 * Source: G. Appel, Technical Analysis: Power Tools for Active Investors (2005).
 */
export function macd(
  closes: Float64Array,
  { fast = 12, slow = 26, signal = 9 }: MacdOptions = {},
): MacdColumns {
  requireWhole('fast', fast, 1);
  requireWhole('slow', slow, fast + 1);
  requireWhole('signal', signal, 1);
  const indicator = new MACD(new EMA(fast), new EMA(slow), new EMA(signal));
  const column = (): Float64Array => new Float64Array(closes.length).fill(Number.NaN);
  const columns = { macd: column(), signal: column(), histogram: column() };
  for (let at = 0; at < closes.length; at++) {
    const result = indicator.add(closes[at] as number);
    if (result === null) continue;
    columns.macd[at] = result.macd;
    columns.signal[at] = result.signal;
    columns.histogram[at] = result.histogram;
  }
  return columns;
}
