import { Beginnings } from './beginnings.ts';
import type { Span } from './span.ts';

/** What says that a text was cut, with what the cut may have left of an escape and the quote that closes the text. */
const CUT =
  /(\\(?:u[\da-fA-F]{0,3}|x[\da-fA-F]?)?|%[\da-fA-F]?|&[a-z#\d]{0,4})?["'`]?(?:\.\.\.|…)/g;

/**
 * Finds the beginnings of secrets that end where a text was cut. Whoever cut it saw the secret whole and did
 * not know it, such as the inspection of values, or an error that shows what it got.
 */
export class CutFinder {
  readonly #forms: readonly Beginnings[];

  /** @param texts as they are looked for uncut; each may also be quoted or stand in a URL */
  constructor(texts: readonly string[]) {
    const forms = texts.flatMap((text) => [text, ...writtenForms(text)]);
    this.#forms = Array.from(new Set(forms), (form) => new Beginnings(form));
  }

  find(text: string): Span[] {
    if (this.#forms.length === 0 || !(text.includes('...') || text.includes('…'))) return [];
    const cuts = Array.from(text.matchAll(CUT), ({ index, 1: halfEscape = '' }) => ({
      at: index,
      end: index + halfEscape.length,
    }));
    const ends = cuts.map(({ at }) => at);
    const spans: Span[] = [];
    for (const form of this.#forms) {
      for (const [index, length] of form.lengthsAt(text, ends)) {
        const { at = 0, end = 0 } = cuts[index] ?? {};
        spans.push({ start: at - length, end });
      }
    }
    return spans;
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
