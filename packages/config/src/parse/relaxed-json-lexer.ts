import type { ConfigSource } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import type { JsonDialect } from './json-dialect.ts';
import { GAPS, JsonPieces } from './json-pieces.ts';
import type { JsonLexer, JsonToken, JsonTokenKind } from './json-token.ts';
import { evaluate, parse, type Token, tokenize } from './momoa.ts';
import type { ValueBudget } from './value-budget.ts';

/** The parser takes a dot with anything behind it for a number. */
const NUMBER =
  /^[+-]?(?:Infinity|NaN|0[xX][\da-fA-F]+|(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)$/;

const SIGNS: ReadonlyMap<string, JsonTokenKind> = new Map([
  ['LBrace', '{'],
  ['RBrace', '}'],
  ['LBracket', '['],
  ['RBracket', ']'],
  ['Comma', ','],
  ['Colon', ':'],
]);

interface RelaxedJsonLexerOptions {
  readonly source: ConfigSource;
  readonly problems: Problems;
  readonly budget: ValueBudget;
  readonly dialect: JsonDialect;
}

/** Takes JSONC and JSON5 apart, piece by piece. */
export class RelaxedJsonLexer implements JsonLexer {
  readonly #source: ConfigSource;
  readonly #problems: Problems;
  readonly #pieces: JsonPieces;
  readonly #mode: 'jsonc' | 'json5';
  /** Of the piece at hand. */
  #tokens: readonly Token[] = [];
  #index = 0;
  #start = 0;
  #end = 0;
  /** Where the piece holds something that is no token; it is the last of its tokens. */
  #fault: number | undefined;

  constructor(options: RelaxedJsonLexerOptions) {
    this.#source = options.source;
    this.#problems = options.problems;
    this.#pieces = new JsonPieces(options);
    this.#mode = options.dialect.name === 'JSON5' ? 'json5' : 'jsonc';
  }

  next(): JsonToken | undefined {
    while (true) {
      const token = this.#tokens[this.#index];
      if (token !== undefined) {
        this.#index += 1;
        if (!token.type.endsWith('Comment')) return this.#converted(token);
      } else if (this.#fault !== undefined) {
        return { kind: 'other', start: this.#fault, end: this.#fault + 1 };
      } else if (this.#end === this.#source.text.length) {
        return { kind: 'end', start: this.#end, end: this.#end };
      } else if (!this.#takePiece()) {
        return undefined;
      }
    }
  }

  #takePiece(): boolean {
    const start = this.#end;
    const end = this.#pieces.endOf(start);
    if (end === undefined) return false;
    this.#start = start;
    this.#end = end;
    this.#index = 0;
    const piece = this.#source.text.slice(start, end);
    const { tokens, fault } = this.#tokenized(piece);
    this.#tokens = tokens ?? [];
    if (fault === undefined) return true;
    this.#fault = start + fault;
    if (tokens !== undefined) return true;
    let from = start + fault;
    while (from > start && !GAPS.includes(this.#source.text[from - 1] ?? ' ')) from -= 1;
    this.#problems.report({
      code: 'CONFIG_SYNTAX',
      message: 'a number or word that cannot be read',
      at: this.#source.span(from, start + fault),
      help: 'put text in quotes',
    });
    return false;
  }

  /** The tokens up to a fault; none when the fault began before the place where it was found. */
  #tokenized(piece: string): { tokens: readonly Token[] | undefined; fault?: number } {
    try {
      return { tokens: this.#tokensOf(piece) };
    } catch (error) {
      const fault = Math.min(offsetOf(error), piece.length);
      try {
        return { tokens: this.#tokensOf(piece.slice(0, fault)), fault };
      } catch {
        return { tokens: undefined, fault };
      }
    }
  }

  #tokensOf(piece: string): readonly Token[] {
    // Without it the parser never comes back from a text that ends with a backslash.
    return tokenize(`${piece}\n`, { mode: this.#mode });
  }

  #converted({ type, loc }: Token): JsonToken {
    const start = this.#start + loc.start.offset;
    const end = this.#start + loc.end.offset;
    const sign = SIGNS.get(type);
    if (sign !== undefined) return { kind: sign, start, end };
    const written = this.#source.text.slice(start, end);
    switch (type) {
      case 'String':
        return { kind: 'text', start, end, value: this.#text(written) };
      case 'Number':
        if (!NUMBER.test(written)) return { kind: 'other', start, end };
        return { kind: 'number', start, end, value: Number(this.#evaluated(written)) };
      default:
        return { kind: 'word', start, end, value: this.#word(written) };
    }
  }

  #text(written: string): string {
    return written.includes('\\') ? String(this.#evaluated(written)) : written.slice(1, -1);
  }

  #word(written: string): string {
    if (!written.includes('\\')) return written;
    // The parser undoes the escapes of a word only where it is a key.
    const { body } = parse(`{${written}:0}`, { mode: this.#mode });
    const name = body.type === 'Object' ? body.members[0]?.name : undefined;
    return name?.type === 'Identifier' ? name.name : written;
  }

  #evaluated(text: string): unknown {
    return evaluate(parse(text, { mode: this.#mode }));
  }
}

/** @throws what is no fault of the text */
function offsetOf(error: unknown): number {
  if (error instanceof Error && 'offset' in error) return Number(error.offset);
  throw error;
}
