import type { Span } from './span.ts';

/** What says that a text was cut, with what the cut may have left of an escape and the quote that closes the text. */
const CUT =
  /(\\(?:u[\da-fA-F]{0,3}|x[\da-fA-F]?)?|%[\da-fA-F]?|&[a-z#\d]{0,4})?["'`]?(?:\.\.\.|…)/g;

/** Fewer signs tell too little, and begin too many words. */
const SHORTEST_BEGINNING = 4;

/**
 * Finds the beginnings of secrets that end where a text was cut. Whoever cut it saw the secret whole and did
 * not know it, such as the inspection of values, or an error that shows what it got.
 */
export class CutFinder {
  readonly #forms: readonly string[];

  /** @param texts as they are looked for uncut; each may also be quoted or stand in a URL */
  constructor(texts: readonly string[]) {
    const forms = texts.flatMap((text) => [text, ...writtenForms(text)]);
    this.#forms = [...new Set(forms)];
  }

  find(text: string): Span[] {
    if (this.#forms.length === 0 || !(text.includes('...') || text.includes('…'))) return [];
    const spans: Span[] = [];
    for (const { index, 1: halfEscape = '' } of text.matchAll(CUT)) {
      const start = this.#beginningBefore(text, index);
      if (start !== undefined) spans.push({ start, end: index + halfEscape.length });
    }
    return spans;
  }

  /** Where the longest beginning of a secret starts that reaches up to `end`. */
  #beginningBefore(text: string, end: number): number | undefined {
    let first: number | undefined;
    for (const form of this.#forms) {
      const from = Math.max(0, end - form.length);
      const window = text.slice(from, end);
      const head = form.slice(0, SHORTEST_BEGINNING);
      let at = window.indexOf(head);
      while (at !== -1 && !form.startsWith(window.slice(at))) at = window.indexOf(head, at + 1);
      if (at !== -1) first = Math.min(first ?? end, from + at);
    }
    return first;
  }
}

/** As JSON, as a text in single quotes, and in a URL. */
function writtenForms(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const quoted = json.replaceAll('\\"', '"').replaceAll("'", "\\'");
  return [
    json,
    json.replaceAll('\\"', '"'),
    quoted,
    text.isWellFormed() ? encodeURIComponent(text) : text,
  ];
}
