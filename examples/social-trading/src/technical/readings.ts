import { type Bars, directionalMovement, macd, relativeStrength } from '@millrace/quant';
import { z } from '../base/schema.ts';
import { divergence } from './divergence.ts';
import { stochastic } from './stochastic.ts';

/** Null where there are too few bars for it. */
const reading = z.number().nullable();

/** Under so many bars the ADX of 14 has nothing to average. */
export const ADX_BARS = 28;

/** The last values of the indicators of five-minute bars. */
export const Readings = z
  .object({
    bars: z.int(),
    /** 0 to 100. */
    rsi: reading,
    /** Price units. */
    histogram: reading,
    /** Of the last three histogram values. */
    trend: z.enum(['rising', 'falling', 'none']),
    divergence: z.enum(['bearish', 'bullish', 'none']),
    /** 0 to 100. */
    stochasticK: reading,
    stochasticD: reading,
    /** 0 to 100. */
    adx: reading,
  })
  .readonly();
export type Readings = z.infer<typeof Readings>;

/** RSI 14, MACD 12/26/9, stochastic 14/3 and ADX 14 of the last bar. */
export function readIndicators(bars: Bars): Readings {
  const count = bars.close.length;
  const { macd: line, histogram } = macd(bars.close);
  const { k, d } = stochastic(bars);
  return {
    bars: count,
    rsi: last(relativeStrength(bars.close, 14)),
    histogram: last(histogram),
    trend: trendOf(histogram.subarray(-3)),
    divergence: divergence(bars.close, line),
    stochasticK: last(k),
    stochasticD: last(d),
    adx: count < ADX_BARS ? null : last(directionalMovement(bars, 14).index),
  };
}

function last(column: Float64Array): number | null {
  const value = column.at(-1);
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** Strictly monotone over three values; anything else, also an unknown one, is none. */
export function trendOf(values: ArrayLike<number>): Readings['trend'] {
  const [first = Number.NaN, second = Number.NaN, third = Number.NaN] = Array.from(values);
  if (first < second && second < third) return 'rising';
  return first > second && second > third ? 'falling' : 'none';
}
