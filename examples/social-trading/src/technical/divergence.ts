export type Divergence = 'bearish' | 'bullish' | 'none';

/**
 * Whether prices and MACD part over the last two `half`s of bars. Bearish: the later half reaches a higher highest close
 * while the MACD there is lower than at the highest close of the earlier one; bullish mirrored with lowest closes. None while
 * the MACD is unknown at either place.
 */
export function divergence(closes: Float64Array, macd: Float64Array, half = 10): Divergence {
  const count = closes.length;
  if (count < 2 * half) return 'none';
  const [start, middle] = [count - 2 * half, count - half];
  const extremes = (better: (a: number, b: number) => boolean) => {
    const before = extremeAt(closes, start, middle, better);
    const after = extremeAt(closes, middle, count, better);
    return { before, after, isBeyond: better(at(closes, after), at(closes, before)) };
  };
  const tops = extremes((a, b) => a > b);
  if (tops.isBeyond && at(macd, tops.after) < at(macd, tops.before)) return 'bearish';
  const bottoms = extremes((a, b) => a < b);
  if (bottoms.isBeyond && at(macd, bottoms.after) > at(macd, bottoms.before)) return 'bullish';
  return 'none';
}

const at = (values: Float64Array, index: number): number => values[index] ?? Number.NaN;

function extremeAt(
  values: Float64Array,
  from: number,
  to: number,
  better: (a: number, b: number) => boolean,
): number {
  let best = from;
  for (let place = from + 1; place < to; place++) {
    if (better(at(values, place), at(values, best))) best = place;
  }
  return best;
}
