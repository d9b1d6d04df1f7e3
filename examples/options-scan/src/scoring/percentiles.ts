/** What a missing value counts as. */
const MISSING_PERCENTILE = 25;

/**
 * Percentile of each value among those that are there: 100 x its average rank / their number, so that ties share one
 * and the largest has 100. Null becomes 25.
 */
export function percentiles(values: readonly (number | null)[]): Float64Array {
  const sorted = Float64Array.from(values.filter((value) => value !== null)).sort();
  const ranks = new Map<number, number>();
  for (let first = 0; first < sorted.length; ) {
    const value = sorted[first] ?? 0;
    let end = first;
    while (end < sorted.length && sorted[end] === value) end += 1;
    // Ranks count from 1: first + 1 up to end.
    ranks.set(value, (first + 1 + end) / 2);
    first = end;
  }
  return Float64Array.from(values, (value) => {
    if (value === null) return MISSING_PERCENTILE;
    return (100 * (ranks.get(value) ?? 0)) / sorted.length;
  });
}
