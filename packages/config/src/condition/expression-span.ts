import type { Span } from '../source/config-source.ts';

/**
 * The place of a part of an expression inside the text of the config. The whole value where the two
 * differ by more than quotes and escapes, as with placeholders.
 */
export function expressionSpan(
  written: Span,
  text: string,
  part: { readonly start: number; readonly end: number },
): Span {
  const { source, start, end } = written;
  const offsets = offsetsOf(text, source.text.slice(start, end));
  if (offsets === undefined) return written;
  const last = offsets.length;
  const from = start + (offsets[Math.min(part.start, last - 1)] ?? 0);
  if (part.end <= part.start) {
    // An expression that ends too early is blamed behind its last character.
    return part.start >= last ? source.span(from + 1) : source.span(from);
  }
  return source.span(from, start + (offsets[part.end - 1] ?? 0) + 1);
}

const QUOTE = /^["']/;
const ESCAPE_SIGNS = new Set(['\\', "'"]);

/** Where each character of a value stands in its spelling; undefined when that cannot be told. */
function offsetsOf(value: string, spelling: string): number[] | undefined {
  const offsets: number[] = [];
  let at = QUOTE.test(spelling) ? 1 : 0;
  for (const character of splitUnits(value)) {
    if (spelling[at] !== character && ESCAPE_SIGNS.has(spelling[at] ?? '')) at += 1;
    if (spelling[at] !== character) return undefined;
    offsets.push(at);
    at += 1;
  }
  return offsets.length === 0 ? undefined : offsets;
}

function splitUnits(text: string): string[] {
  return text.split('');
}
