/** A part of a text, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The text with `stand-in` in the place of each span; spans that touch or overlap become one. Only
 * what begins before `longest` is kept, measured in the original: a secret is never cut in half.
 */
export function replaceSpans(
  text: string,
  spans: readonly Span[],
  { standIn, longest }: { readonly standIn: string; readonly longest: number },
): string {
  const ordered = spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
  let result = '';
  let done = 0;
  let coveredTo = -1;
  for (const { start, end } of ordered) {
    if (start >= longest) break;
    if (start > coveredTo) {
      result += text.slice(done, start) + standIn;
    }
    coveredTo = Math.max(coveredTo, end);
    done = coveredTo;
  }
  return result + text.slice(done, Math.max(done, Math.min(longest, text.length)));
}
