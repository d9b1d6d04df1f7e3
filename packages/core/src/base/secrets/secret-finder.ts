import { CutFinder } from './cut-finder.ts';
import { ESCAPE_SIGN, escapedPattern, escapeLiteral } from './escaped-pattern.ts';
import { type Needle, SHORTEST_SECRET, secretNeedles } from './secret-needles.ts';
import type { Span } from './span.ts';

interface EscapedNeedle {
  readonly pattern: RegExp;
  readonly base64: boolean;
}

const BASE64_SIGN = /[A-Za-z0-9+/_-]/;
const PADDING = /^(?:=|%3[dD]){0,2}/;
const LONGEST_PADDING = 6;

/** No sign becomes longer than this by escaping: three bytes as `%252525E2` each. */
const ESCAPED_LENGTH = 27;

/** Finds a fixed set of secrets in texts, in every form of them. */
export class SecretFinder {
  readonly #needles: readonly Needle[];
  readonly #escaped: readonly EscapedNeedle[];
  /** One pass that says that there is none: the common case. */
  readonly #anyNeedle: RegExp | undefined;
  readonly #cut: CutFinder;
  /** No form of a secret is longer than this. */
  readonly longestMatch: number;

  constructor(secrets: Iterable<string>) {
    const known = [...new Set(secrets)].filter((secret) => secret.length >= SHORTEST_SECRET);
    this.#needles = known.flatMap(secretNeedles);
    this.#escaped = this.#needles.flatMap(({ text, base64 }) => {
      const pattern = escapedPattern(text);
      return pattern === undefined ? [] : [{ pattern, base64 }];
    });
    const literals = this.#needles.map(({ text }) => escapeLiteral(text));
    this.#anyNeedle = literals.length === 0 ? undefined : new RegExp(literals.join('|'));
    this.#cut = new CutFinder(this.#needles.map(({ text }) => text));
    const longest = Math.max(0, ...this.#needles.map(({ text }) => text.length));
    this.longestMatch = longest * ESCAPED_LENGTH;
  }

  /** What is left of secrets where a text was cut: `abcd...`. */
  findCut(text: string): Span[] {
    return this.#cut.find(text);
  }

  /** Whole secrets. */
  find(text: string): Span[] {
    if (this.#anyNeedle === undefined || text.length < SHORTEST_SECRET) return [];
    const spans: Span[] = [];
    if (this.#anyNeedle.test(text)) {
      for (const needle of this.#needles) collectNeedle(text, needle, spans);
    }
    if (this.#escaped.length > 0 && ESCAPE_SIGN.test(text)) {
      for (const needle of this.#escaped) collectEscaped(text, needle, spans);
    }
    return spans;
  }
}

function collectNeedle(text: string, needle: Needle, spans: Span[]): void {
  let start = text.indexOf(needle.text);
  while (start !== -1) {
    const end = start + needle.text.length;
    spans.push(needle.base64 ? widened(text, start, end) : { start, end });
    // From the next sign on, not from the end: a secret may overlap itself.
    start = text.indexOf(needle.text, start + 1);
  }
}

function collectEscaped(text: string, { pattern, base64 }: EscapedNeedle, spans: Span[]): void {
  for (const { index, 0: match } of text.matchAll(pattern)) {
    const end = index + match.length;
    spans.push(base64 ? widened(text, index, end) : { start: index, end });
  }
}

/** The sign on each side holds the bits that the secret shares with its neighbour. */
function widened(text: string, start: number, end: number): Span {
  const from = BASE64_SIGN.test(text.charAt(start - 1)) ? start - 1 : start;
  const to = BASE64_SIGN.test(text.charAt(end)) ? end + 1 : end;
  const padding = PADDING.exec(text.slice(to, to + LONGEST_PADDING))?.[0] ?? '';
  return { start: from, end: to + padding.length };
}
