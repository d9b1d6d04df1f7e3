import { didYouMean } from '@millrace/core';

/** No name is so long; the search costs time in proportion to the length. */
const LONGEST_NAME = 100;
const MAX_CANDIDATES = 5000;

/** `did you mean "ingest"?`, or undefined when nothing is near. Bounded, because files may be hostile. */
export function suggestName(typed: string, known: Iterable<string>): string | undefined {
  if (typed.length > LONGEST_NAME) return undefined;
  return didYouMean(typed, Iterator.from(known).take(MAX_CANDIDATES));
}
