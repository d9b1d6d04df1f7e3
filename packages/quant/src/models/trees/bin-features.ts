/**
 * First cut of every feature: only NaN (and minus infinity) is not above it, so that what is missing has bin 0 for itself. Finite,
 * since JSON knows no infinity.
 */
export const MISSING_CUT = -Number.MAX_VALUE;

/** More values tell a quantile no better, and take longer to sort. */
const SAMPLED = 100_000;

/**
 * Rising borders of at most `bins` bins: between the distinct values where they are few, else at quantiles. A value is
 * in bin b when it is above b cuts.
 */
export function cutsOf(column: Float64Array, rows: Int32Array, bins: number): Float64Array {
  const stride = Math.max(1, Math.floor(rows.length / SAMPLED));
  const sampled = new Float64Array(Math.ceil(rows.length / stride));
  for (let at = 0; at < sampled.length; at++)
    sampled[at] = column[rows[at * stride] as number] as number;
  const sorted = sampled.filter(Number.isFinite).sort();
  const distinct = sorted.filter((value, at) => at === 0 || value !== sorted[at - 1]);
  const inner = bins - 2;
  const cuts = distinct.length - 1 <= inner ? midpoints(distinct) : quantileCuts(sorted, inner);
  return Float64Array.of(MISSING_CUT, ...cuts);
}

function midpoints(distinct: Float64Array): number[] {
  const cuts: number[] = [];
  for (let at = 1; at < distinct.length; at++) {
    const [below, above] = [distinct[at - 1] as number, distinct[at] as number];
    const middle = below + (above - below) / 2;
    // Of two neighbouring doubles the middle may round up to the upper one, which would not be above it.
    cuts.push(middle < above ? middle : below);
  }
  return cuts;
}

function quantileCuts(sorted: Float64Array, count: number): number[] {
  const cuts: number[] = [];
  for (let cut = 1; cut <= count; cut++) {
    const value = sorted[Math.floor((cut * sorted.length) / (count + 1))] as number;
    if (cuts.length === 0 || value > (cuts.at(-1) as number)) cuts.push(value);
  }
  return cuts;
}

/** The bin of each row of a feature, in the order of `rows`. */
export function binsOf(column: Float64Array, rows: Int32Array, cuts: Float64Array): Uint8Array {
  const bins = new Uint8Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    bins[at] = binOf(column[rows[at] as number] as number, cuts);
  }
  return bins;
}

function binOf(value: number, cuts: Float64Array): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    // NaN is above nothing.
    if (value > (cuts[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}
