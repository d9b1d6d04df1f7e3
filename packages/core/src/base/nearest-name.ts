import { closest, distance } from 'fastest-levenshtein';

/** Edits that still count as a typing slip: a third of the word's length, at least one. */
const SLIP_SHARE = 3;
/** A beginning of so many letters counts as a name cut short: `warn` and `warning`. */
const SHORTEST_STEM = 3;
/** Two letters swapped count as two edits, yet they are one slip. */
const SWAP_EDITS = 2;

/** The known name that a mistyped one most likely meant, or undefined when none is near. */
export function nearestName(typed: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  if (names.length === 0) return undefined;
  const folded = typed.toLowerCase();
  const sameButCase = names.find((name) => name.toLowerCase() === folded);
  if (sameButCase !== undefined) return sameButCase;
  const nearest = closest(typed, names);
  const longer = Math.max(typed.length, nearest.length);
  const slip = Math.max(1, Math.floor(longer / SLIP_SHARE));
  const edits = distance(typed, nearest);
  // Every one-letter name is one edit from every other, which tells nothing.
  if (edits <= slip && edits < longer) return nearest;
  const letters = sortedLetters(typed);
  const swapped = names.find(
    (name) =>
      name.length === typed.length &&
      sortedLetters(name) === letters &&
      distance(typed, name) <= SWAP_EDITS,
  );
  return swapped ?? onlyOne(names.filter((name) => sharesStem(name.toLowerCase(), folded)));
}

function sharesStem(name: string, typed: string): boolean {
  const shorter = Math.min(name.length, typed.length);
  return shorter >= SHORTEST_STEM && (typed.startsWith(name) || name.startsWith(typed));
}

/** Of several that begin alike, none is likelier. */
function onlyOne(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}

function sortedLetters(name: string): string {
  return [...name].sort().join('');
}

/** `did you mean "ingest"?`, or undefined when nothing is near. */
export function didYouMean(typed: string, known: Iterable<string>): string | undefined {
  const nearest = nearestName(typed, known);
  return nearest === undefined ? undefined : `did you mean ${JSON.stringify(nearest)}?`;
}
