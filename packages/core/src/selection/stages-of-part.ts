import type { SelectionPart, SelectionTerm } from './selection-term.ts';
import type { StageMatcher } from './stage-matcher.ts';

/**
 * The stages that fit every term of a part, each once.
 * @param reportUnknown gets each term that names nothing that exists, also when no stage is left by then
 */
export function stagesOfPart(
  { terms }: SelectionPart,
  matcher: StageMatcher,
  reportUnknown?: (term: SelectionTerm) => void,
): readonly number[] {
  let kept: readonly number[] | undefined;
  for (const term of terms) {
    const matched = matcher.match(term);
    if (matched === undefined) reportUnknown?.(term);
    kept = kept === undefined ? matched : common(kept, matched ?? []);
  }
  return kept ?? [];
}

function common(some: readonly number[], others: readonly number[]): readonly number[] {
  if (some.length === 0) return some;
  const isOther = new Set(others);
  return some.filter((node) => isOther.has(node));
}
