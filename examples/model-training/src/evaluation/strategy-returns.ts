/**
 * What positions earn day by day: the position of a day's close times the return to the next close, less the cost of
 * what had to be bought or sold for it. Before the first day nothing is held.
 * @param positions 1 long, 0 flat, -1 short
 * @param returns from each close to the next, shares
 * @param cost share of what is bought or sold
 */
export function strategyReturns(
  positions: Int8Array,
  returns: Float64Array,
  cost: number,
): Float64Array {
  return Float64Array.from(positions, (held, at) => {
    const traded = Math.abs(held - (positions[at - 1] ?? 0));
    return held * (returns[at] ?? 0) - traded * cost;
  });
}
