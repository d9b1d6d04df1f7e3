import type { ConfigSource } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import type { JsonDialect } from './json-dialect.ts';
import type { ValueBudget } from './value-budget.ts';

/** Long enough that cutting costs nothing, short enough that the tokens of a piece cost no memory. */
const PIECE = 32 * 1024;
/** A word so long is none; it is cut in two, which no reader takes. */
const LONGEST_PIECE = 4 * PIECE;
/** Signs that no number or word holds. */
export const GAPS = ' \t\r\n,:[]{}';

interface JsonPiecesOptions {
  readonly source: ConfigSource;
  readonly problems: Problems;
  readonly budget: ValueBudget;
  readonly dialect: JsonDialect;
}

/**
 * Cuts a text between its tokens, because the parser makes objects of all that it is given. Texts and
 * comments are checked on the way: they are what must not be cut, and what the parser is lax about.
 */
export class JsonPieces {
  readonly #source: ConfigSource;
  readonly #text: string;
  readonly #problems: Problems;
  readonly #budget: ValueBudget;
  readonly #isJson5: boolean;

  constructor({ source, problems, budget, dialect }: JsonPiecesOptions) {
    this.#source = source;
    this.#text = source.text;
    this.#problems = problems;
    this.#budget = budget;
    this.#isJson5 = dialect.name === 'JSON5';
  }

  /** Where the piece that starts at `start` ends; undefined when a fault was reported. */
  endOf(start: number): number | undefined {
    let at = start;
    while (at < this.#text.length) {
      const sign = this.#text[at] ?? '';
      const length = at - start;
      if (length >= LONGEST_PIECE || (length >= PIECE && GAPS.includes(sign))) return at;
      let end: number | undefined = at + 1;
      if (sign === '"' || (sign === "'" && this.#isJson5)) end = this.#endOfText(at, sign);
      else if (sign === '/') end = this.#endOfComment(at);
      if (end === undefined) return undefined;
      at = end;
    }
    return at;
  }

  #endOfText(start: number, quote: string): number | undefined {
    for (let at = start + 1; at < this.#text.length; at++) {
      const sign = this.#text[at];
      if (sign === quote) return at + 1;
      if (sign === '\n' || sign === '\r') break;
      if (sign === '\t' && !this.#isJson5)
        return this.#refuse(at, 'a text with a tab', 'write \\t');
      if (sign !== '\\') continue;
      const escaped = this.#escapedAt(at);
      if (escaped === undefined) {
        return this.#refuse(at, 'an unknown escape', 'write \\t, \\n, \\\\ or \\uXXXX');
      }
      // Each is a text of its own to the parser for a while.
      if (!this.#budget.spend(at)) return undefined;
      at += escaped.length;
    }
    return this.#refuse(
      start,
      `a text that is not closed by a ${quote === '"' ? 'double' : 'single'} quote on its line`,
    );
  }

  /** What belongs to the backslash at the offset. */
  #escapedAt(backslash: number): string | undefined {
    const pattern = this.#isJson5
      ? /u[\da-fA-F]{4}|x[\da-fA-F]{2}|\r\n|0(?!\d)|[^\dux]/suy
      : /u[\da-fA-F]{4}|["\\/bfnrt]/y;
    pattern.lastIndex = backslash + 1;
    return pattern.exec(this.#text)?.[0];
  }

  #endOfComment(start: number): number | undefined {
    if (!this.#budget.spend(start)) return undefined;
    const next = this.#text[start + 1];
    if (next === '/') {
      const end = this.#text.indexOf('\n', start);
      return end === -1 ? this.#text.length : end;
    }
    if (next !== '*') return start + 1;
    const end = this.#text.indexOf('*/', start + 2);
    if (end !== -1) return end + 2;
    return this.#refuse(start, 'a comment that is not closed by "*/"');
  }

  #refuse(offset: number, message: string, help?: string): undefined {
    const at = this.#source.span(offset, offset + 1);
    this.#problems.report({ code: 'CONFIG_SYNTAX', message, at, help });
    return undefined;
  }
}
