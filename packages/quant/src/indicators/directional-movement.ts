import type { Bars } from '../bars/bars.ts';
import { trueRange } from './average-true-range.ts';
import { wilderAverage } from './moving-averages.ts';

export interface DirectionalMovement {
  /** Share of the range that went up, in percent. NaN at the first `window` places. */
  readonly plus: Float64Array;
  readonly minus: Float64Array;
  /** Average directional index, 0 to 100. NaN at the first 2 * window - 1 places. */
  readonly index: Float64Array;
}

/**
 * Wilder's directional movement. The ratios of his running sums are those of his averages, so the averages are used.
 * Where nothing moved, plus, minus and their distance are 0. Source: Wilder (1978), section IV.
 */
export function directionalMovement(bars: Bars, window = 14): DirectionalMovement {
  const count = bars.close.length;
  const ups = new Float64Array(Math.max(0, count - 1));
  const downs = new Float64Array(ups.length);
  for (let at = 1; at < count; at++) {
    const up = (bars.high[at] as number) - (bars.high[at - 1] as number);
    const down = (bars.low[at - 1] as number) - (bars.low[at] as number);
    ups[at - 1] = up > down && up > 0 ? up : 0;
    downs[at - 1] = down > up && down > 0 ? down : 0;
  }
  const ranges = wilderAverage(trueRange(bars).subarray(1), window);
  const plus = percentOf(wilderAverage(ups, window), ranges);
  const minus = percentOf(wilderAverage(downs, window), ranges);
  const distance = plus.map((value, at) => {
    const other = minus[at] as number;
    return value + other === 0 ? 0 : (100 * Math.abs(value - other)) / (value + other);
  });
  const index = new Float64Array(ups.length).fill(Number.NaN);
  const first = window - 1;
  if (ups.length > first) index.set(wilderAverage(distance.subarray(first), window), first);
  return {
    plus: afterFirst(plus, count),
    minus: afterFirst(minus, count),
    index: afterFirst(index, count),
  };
}

const percentOf = (parts: Float64Array, wholes: Float64Array): Float64Array =>
  parts.map((part, at) => (wholes[at] === 0 ? 0 : (100 * part) / (wholes[at] as number)));

/** A column that begins with bar 1, from bar 0. */
function afterFirst(values: Float64Array, count: number): Float64Array {
  const column = new Float64Array(count).fill(Number.NaN);
  if (count > 0) column.set(values, 1);
  return column;
}
