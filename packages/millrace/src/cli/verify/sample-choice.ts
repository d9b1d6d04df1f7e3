import { SeededRandom, type StageRecord } from '@millrace/core';

const DEFAULT_COUNT = 20;

/** How many stages are tried again: a number, a share such as `10%`, or true for what is usual. */
export type SampleAmount = string | true;

/** Undefined for a text that is no amount. */
export function sampleCount(amount: SampleAmount, of: number): number | undefined {
  if (amount === true) return Math.min(DEFAULT_COUNT, of);
  const [, digits, sign] = /^(\d+(?:\.\d+)?)(%?)$/.exec(amount) ?? [];
  const number = Number(digits ?? Number.NaN);
  if (sign === '%') return number > 0 && number <= 100 ? Math.ceil((of * number) / 100) : undefined;
  return Number.isSafeInteger(number) && number >= 1 ? Math.min(number, of) : undefined;
}

/** Chosen by chance, the same for the same seed; in the order in which they are given. */
export function sampleOf(
  records: readonly StageRecord[],
  count: number,
  seed: number,
): readonly StageRecord[] {
  const chosen = new Set(new SeededRandom(seed).shuffled(records).slice(0, count));
  return records.filter((record) => chosen.has(record));
}
