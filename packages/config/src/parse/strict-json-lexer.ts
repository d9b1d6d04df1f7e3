import type { ConfigSource } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import type { JsonLexer, JsonToken, JsonTokenKind } from './json-token.ts';

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const SPACES = ' \t\r\n';
const SIGNS: ReadonlyMap<string, JsonTokenKind> = new Map(
  (['{', '}', '[', ']', ',', ':'] as const).map((sign) => [sign, sign]),
);

/** Takes JSON apart to the letter (RFC 8259). */
export class StrictJsonLexer implements JsonLexer {
  readonly #source: ConfigSource;
  readonly #text: string;
  readonly #problems: Problems;
  #at = 0;

  constructor(source: ConfigSource, problems: Problems) {
    this.#source = source;
    this.#text = source.text;
    this.#problems = problems;
  }

  next(): JsonToken | undefined {
    while (SPACES.includes(this.#text[this.#at] ?? '-')) this.#at += 1;
    const start = this.#at;
    const sign = this.#text[start];
    if (sign === undefined) return { kind: 'end', start, end: start };
    const kind = SIGNS.get(sign);
    if (kind !== undefined) return this.#token(kind, start + 1);
    if (sign === '"') return this.#string();
    const numberEnd = this.#endOf(NUMBER);
    if (numberEnd > start) {
      return this.#token('number', numberEnd, Number(this.#text.slice(start, numberEnd)));
    }
    const wordEnd = this.#endOf(WORD);
    if (wordEnd > start) return this.#token('word', wordEnd, this.#text.slice(start, wordEnd));
    return this.#token('other', start + 1);
  }

  #token(kind: JsonTokenKind, end: number, value?: string | number): JsonToken {
    const start = this.#at;
    this.#at = end;
    return value === undefined ? { kind, start, end } : { kind, start, end, value };
  }

  #string(): JsonToken | undefined {
    const start = this.#at;
    let isPlain = true;
    let end = start + 1;
    while (end < this.#text.length) {
      const sign = this.#text[end];
      if (sign === '"' || sign === '\n') break;
      if (sign === '\\' || sign === '\t' || sign === '\r') isPlain = false;
      end += sign === '\\' ? 2 : 1;
    }
    if (this.#text[end] !== '"') {
      return this.#refuse('a text that is not closed by a double quote on its line');
    }
    if (isPlain) return this.#token('text', end + 1, this.#text.slice(start + 1, end));
    try {
      const text: unknown = JSON.parse(this.#text.slice(start, end + 1));
      return this.#token('text', end + 1, String(text));
    } catch {
      return this.#refuse(
        'a text with a tab or an unknown escape',
        'write \\t, \\n, \\\\ or \\uXXXX',
      );
    }
  }

  /** Where a match that begins here ends; here when there is none. */
  #endOf(pattern: RegExp): number {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#text) ? pattern.lastIndex : this.#at;
  }

  #refuse(message: string, help?: string): undefined {
    const at = this.#source.span(this.#at, this.#at + 1);
    this.#problems.report({ code: 'CONFIG_SYNTAX', message, at, help });
    return undefined;
  }
}
