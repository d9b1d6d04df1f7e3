import { requireCount, requireWhole } from '../base/require.ts';
import { quantileSorted } from './simple-statistics.ts';

/** Stands for an empty bin, whose logarithm would be infinite. */
const LEAST_SHARE = 1e-4;

/**
 * Population stability index of `actual` against `expected`: the sum over bins of (a - e) ln(a / e), with the shares
 * of each in bins cut at the quantiles of `expected` (linear between values, as numpy has them). Below .1 stable, above .25 shifted. NaN has a bin of its own.
 * Source: N. Siddiqi, Credit Risk Scorecards (2006).
 * @throws MillraceError SERIES_TOO_SHORT if either has no values
 */
export function populationStability(
  expected: Float64Array,
  actual: Float64Array,
  bins = 10,
): number {
  requireWhole('bins', bins, 2);
  requireCount('expected values', expected.length, 1);
  requireCount('actual values', actual.length, 1);
  const cuts = quantileCuts(expected, bins);
  const before = shares(expected, cuts);
  const after = shares(actual, cuts);
  let index = 0;
  for (const [bin, e] of before.entries()) {
    const a = after[bin] as number;
    index += (a - e) * Math.log(a / e);
  }
  return index;
}

function quantileCuts(values: Float64Array, bins: number): number[] {
  const sorted = Array.from(values.filter((value) => !Number.isNaN(value)).sort());
  if (sorted.length === 0) return [];
  const cuts = Array.from({ length: bins - 1 }, (_, at) => quantileSorted(sorted, (at + 1) / bins));
  return [...new Set(cuts)];
}

function shares(values: Float64Array, cuts: readonly number[]): number[] {
  const counts = new Array<number>(cuts.length + 2).fill(0);
  for (const value of values) {
    const above = cuts.findIndex((cut) => value <= cut);
    const bin = Number.isNaN(value) ? cuts.length + 1 : above < 0 ? cuts.length : above;
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts.map((count) => Math.max(LEAST_SHARE, count / values.length));
}
