import { requireSameLength } from '../base/require.ts';

/**
 * How many labels are open at each of `count` bars: those whose span, both ends included, holds the bar.
 * Source: López de Prado (2018), section 4.3.
 */
export function concurrency(starts: Int32Array, ends: Int32Array, count: number): Int32Array {
  const open = new Int32Array(count + 1);
  for (let at = 0; at < starts.length; at++) {
    const [start, after] = [starts[at] as number, (ends[at] as number) + 1];
    open[start] = (open[start] as number) + 1;
    open[after] = (open[after] as number) - 1;
  }
  for (let at = 1; at < count; at++) open[at] = (open[at] as number) + (open[at - 1] as number);
  return open.subarray(0, count);
}

/**
 * Average uniqueness of each label: the mean, over its span, of 1 / concurrency. 1 for a label that overlaps no
 * other. A weight for samples that share their outcome. O(labels + bars). Source: López de Prado (2018), section 4.4.
 * @param starts index of the first bar of each span
 * @param ends index of its last bar, included
 * @throws MillraceError COLUMNS_UNEQUAL
 */
export function averageUniqueness(starts: Int32Array, ends: Int32Array): Float64Array {
  requireSameLength({ starts, ends });
  const bars = ends.reduce((most, end) => Math.max(most, end + 1), 0);
  const open = concurrency(starts, ends, bars);
  const sums = new Float64Array(bars + 1);
  for (let at = 0; at < bars; at++) {
    const count = open[at] as number;
    sums[at + 1] = (sums[at] as number) + (count > 0 ? 1 / count : 0);
  }
  return Float64Array.from(starts, (start, at) => {
    const after = (ends[at] as number) + 1;
    return ((sums[after] as number) - (sums[start] as number)) / (after - start);
  });
}
