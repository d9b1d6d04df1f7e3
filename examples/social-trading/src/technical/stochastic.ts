import { type Bars, simpleMovingAverage } from '@millrace/quant';

export interface StochasticColumns {
  /** Where the close lies between the lowest low and the highest high of the window, 0 to 100; 50 where these are equal. */
  readonly k: Float64Array;
  /** Simple average of the last `smooth` values of k. */
  readonly d: Float64Array;
}

/** Lane's stochastic oscillator. NaN at the first window - 1 places of k, and smooth - 1 more of d. */
export function stochastic({ high, low, close }: Bars, window = 14, smooth = 3): StochasticColumns {
  const count = close.length;
  const k = new Float64Array(count).fill(Number.NaN);
  for (let at = window - 1; at < count; at++) {
    const from = at - window + 1;
    const top = Math.max(...high.subarray(from, at + 1));
    const bottom = Math.min(...low.subarray(from, at + 1));
    const last = close[at] ?? Number.NaN;
    k[at] = top === bottom ? 50 : (100 * (last - bottom)) / (top - bottom);
  }
  const d = new Float64Array(count).fill(Number.NaN);
  const known = k.subarray(window - 1);
  if (known.length >= smooth) d.set(simpleMovingAverage(known, smooth), window - 1);
  return { k, d };
}
