import { closest, distance } from 'fastest-levenshtein';

/** Edits that still count as a typing slip: a third of the word's length, at least one. */
const SLIP_SHARE = 3;

/** The known name that a mistyped one most likely meant, or undefined when none is near. */
export function nearestName(typed: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  if (names.length === 0) return undefined;
  const folded = typed.toLowerCase();
  const sameButCase = names.find((name) => name.toLowerCase() === folded);
  if (sameButCase !== undefined) return sameButCase;
  const nearest = closest(typed, names);
  const slip = Math.max(1, Math.floor(Math.max(typed.length, nearest.length) / SLIP_SHARE));
  if (distance(typed, nearest) <= slip) return nearest;
  return names.find((name) => sortedLetters(name) === sortedLetters(typed));
}

/** Two letters swapped count as two edits, yet they are one slip. */
function sortedLetters(name: string): string {
  return [...name].sort().join('');
}

/** `did you mean "ingest"?`, or undefined when nothing is near. */
export function didYouMean(typed: string, known: Iterable<string>): string | undefined {
  const nearest = nearestName(typed, known);
  return nearest === undefined ? undefined : `did you mean ${JSON.stringify(nearest)}?`;
}
