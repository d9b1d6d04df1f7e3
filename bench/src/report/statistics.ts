/** The middle value, or the mean of the two middle ones; NaN of none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  const lower = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** Of no numbers each is NaN. */
export function spreadOf(numbers: readonly number[]): Spread {
  if (numbers.length === 0) return { min: Number.NaN, median: Number.NaN, max: Number.NaN };
  return { min: Math.min(...numbers), median: median(numbers), max: Math.max(...numbers) };
}

export interface Ratio {
  /** Of the medians. */
  readonly value: number;
  /** The least and the greatest ratio within one round. */
  readonly min: number;
  readonly max: number;
}

/**
 * How many times `below` goes into `above`. Both by round: of what was measured side by side the ratio drifts less
 * than either of the two.
 */
export function ratioOf(above: readonly number[], below: readonly number[]): Ratio {
  const rounds = Math.min(above.length, below.length);
  const each = above.slice(0, rounds).map((number, round) => number / (below[round] ?? Number.NaN));
  const { min, max } = spreadOf(each);
  return { value: median(above) / median(below), min, max };
}
