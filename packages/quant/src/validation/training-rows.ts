import { requireWhole } from '../base/require.ts';
import type { FoldRange } from './fold-ranges.ts';
import type { Samples } from './samples.ts';

type Spans = Pick<Samples, 'starts' | 'ends'>;

export interface TrainingRows {
  readonly rows: Int32Array;
  /** Rows of the range, outside of the test part, that were left out. */
  readonly purged: number;
}

/**
 * The rows a fold may train on. Before the test part: those whose label is known before the first test sample starts,
 * strictly. After it: those that start more than `embargo` bars after the last label of the test part is known.
 * Source: López de Prado (2018), section 7.4.
 */
export function trainingRows(
  { starts, ends }: Spans,
  { trainFrom, trainTo, testFrom, testTo }: FoldRange,
  embargo = 0,
): TrainingRows {
  requireWhole('embargo', embargo, 0);
  const firstTest = starts[testFrom] ?? Number.POSITIVE_INFINITY;
  let lastKnown = Number.NEGATIVE_INFINITY;
  for (let row = testFrom; row < testTo; row++)
    lastKnown = Math.max(lastKnown, ends[row] as number);
  const kept = new Int32Array(trainTo - trainFrom);
  let count = 0;
  let candidates = 0;
  for (let row = trainFrom; row < trainTo; row++) {
    if (row >= testFrom && row < testTo) continue;
    candidates += 1;
    const isClear =
      row < testFrom
        ? (ends[row] as number) < firstTest
        : (starts[row] as number) > lastKnown + embargo;
    if (!isClear) continue;
    kept[count] = row;
    count += 1;
  }
  return { rows: kept.slice(0, count), purged: candidates - count };
}

/**
 * The last part of the rows, and those before it whose label is known when it starts: for early stopping.
 * @param share of the rows that goes to the tail, 0 to less than 1; with 0 the tail is empty
 */
export function splitTail(
  { starts, ends }: Spans,
  rows: Int32Array,
  share: number,
): { readonly head: Int32Array; readonly tail: Int32Array } {
  const tailCount = Math.floor(rows.length * share);
  const tail = rows.subarray(rows.length - tailCount);
  const [first] = tail;
  if (first === undefined) return { head: rows, tail };
  const begins = starts[first] as number;
  const head = rows
    .subarray(0, rows.length - tailCount)
    .filter((row) => (ends[row] as number) < begins);
  return { head, tail };
}
