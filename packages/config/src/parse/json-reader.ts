import type { PathSegment } from '@millrace/core';
import type { ConfigSource } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import {
  type ConfigNode,
  listNode,
  MAX_DEPTH,
  type MapEntry,
  mapNode,
  type ScalarValue,
} from '../tree/config-node.ts';
import { duplicateKey } from './duplicate-key.ts';
import type { JsonDialect } from './json-dialect.ts';
import { jsonHint } from './json-hint.ts';
import type { JsonLexer, JsonToken, JsonTokenKind } from './json-token.ts';
import { NUMBER_HELP, numberFault } from './number-fault.ts';
import type { ValueBudget } from './value-budget.ts';

const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const WORDS: ReadonlyMap<string | number | undefined, ScalarValue> = new Map<
  string | number | undefined,
  ScalarValue
>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

interface JsonReaderOptions {
  readonly source: ConfigSource;
  readonly problems: Problems;
  readonly lexer: JsonLexer;
  readonly budget: ValueBudget;
  readonly dialect: JsonDialect;
}

interface ScalarContent {
  readonly value: ScalarValue;
  readonly written?: string;
}

/** Puts the tokens of JSON or a dialect of it together. Its recursion ends at {@link MAX_DEPTH}. */
export class JsonReader {
  readonly #source: ConfigSource;
  readonly #problems: Problems;
  readonly #lexer: JsonLexer;
  readonly #budget: ValueBudget;
  readonly #dialect: JsonDialect;
  readonly #path: PathSegment[] = [];
  /** The one to be read next. */
  #token: JsonToken = { kind: 'end', start: 0, end: 0 };

  constructor({ source, problems, lexer, budget, dialect }: JsonReaderOptions) {
    this.#source = source;
    this.#problems = problems;
    this.#lexer = lexer;
    this.#budget = budget;
    this.#dialect = dialect;
  }

  /** Undefined when the text is empty, or once something cannot be read. */
  read(): ConfigNode | undefined {
    if (!this.#advance() || this.#stands('end')) return undefined;
    const root = this.#value();
    if (root === undefined || this.#stands('end')) return root;
    return this.#refuse('the file goes on behind the end of its value');
  }

  #value(): ConfigNode | undefined {
    const token = this.#token;
    if (!this.#budget.spend(token.start) || this.#problems.isFull) return undefined;
    switch (token.kind) {
      case '{':
      case '[':
        if (this.#path.length < MAX_DEPTH) return token.kind === '{' ? this.#map() : this.#list();
        return this.#refuse(`values are nested deeper than ${MAX_DEPTH} levels`, 'CONFIG_TOO_DEEP');
      case 'text':
        return this.#scalar({ value: token.value ?? '' });
      case 'number':
        return this.#scalar(this.#number(token));
      default: {
        const value = token.kind === 'word' ? WORDS.get(token.value) : undefined;
        return value === undefined ? this.#refuseValue() : this.#scalar({ value });
      }
    }
  }

  #scalar(content: ScalarContent): ConfigNode | undefined {
    const span = this.#source.span(this.#token.start, this.#token.end);
    return this.#advance() ? { kind: 'scalar', ...content, span } : undefined;
  }

  #number({ start, end, value = '' }: JsonToken): ScalarContent {
    const written = this.#source.text.slice(start, end);
    const fault = numberFault(written, Number(value));
    if (fault !== undefined) {
      this.#problems.report({
        code: 'CONFIG_NUMBER',
        message: fault,
        at: this.#source.span(start, end),
        path: [...this.#path],
        help: NUMBER_HELP,
      });
    }
    return written === String(value) ? { value } : { value, written };
  }

  #list(): ConfigNode | undefined {
    const span = this.#source.span(this.#token.start);
    const items: ConfigNode[] = [];
    const isRead = this.#entries(']', () => {
      this.#path.push(items.length);
      const item = this.#value();
      this.#path.pop();
      return item === undefined ? undefined : items.push(item);
    });
    return isRead ? listNode(items, span) : undefined;
  }

  #map(): ConfigNode | undefined {
    const span = this.#source.span(this.#token.start);
    const entries = new Map<string, MapEntry>();
    const isRead = this.#entries('}', () => this.#entry(entries));
    return isRead ? mapNode(entries, span) : undefined;
  }

  /** @param readOne answers undefined once something cannot be read */
  #entries(closing: ']' | '}', readOne: () => number | undefined): boolean {
    if (!this.#advance()) return false;
    for (let count = 1; !this.#stands(closing); count++) {
      if (!this.#budget.admits(count, this.#token.start, this.#path.at(-1))) return false;
      if (readOne() === undefined) return false;
      if (!this.#stands(closing) && !this.#comma(closing)) return false;
    }
    return this.#advance();
  }

  #comma(closing: ']' | '}'): boolean {
    const comma = this.#token;
    if (!this.#stands(',')) return this.#refuseHere(`"," or "${closing}"`);
    if (!this.#advance()) return false;
    if (!this.#stands(closing) || this.#dialect.allowsTrailingCommas) return true;
    this.#token = comma;
    this.#refuse(
      'a comma behind the last entry, which JSON does not allow',
      'CONFIG_SYNTAX',
      'remove it',
    );
    return false;
  }

  #entry(entries: Map<string, MapEntry>): number | undefined {
    const { start, end } = this.#token;
    const key = this.#key();
    if (key === undefined || !this.#advance()) return undefined;
    if (!this.#stands(':')) {
      this.#refuseHere(`":" behind the key ${JSON.stringify(key)}`);
      return undefined;
    }
    if (!this.#advance()) return undefined;
    this.#path.push(key);
    const value = this.#value();
    const keySpan = this.#source.span(start, end);
    const first = entries.get(key);
    if (first !== undefined) {
      const path = [...this.#path];
      this.#problems.report(duplicateKey({ path, at: keySpan, firstAt: first.keySpan }));
    }
    this.#path.pop();
    if (value === undefined) return undefined;
    if (first === undefined) entries.set(key, { keySpan, value });
    return entries.size;
  }

  #key(): string | undefined {
    const { kind, start, end, value } = this.#token;
    if (kind === 'text') return String(value);
    if (!this.#dialect.allowsWordKeys) {
      this.#refuseHere('a key in double quotes');
      return undefined;
    }
    if (kind === 'word') return String(value);
    // The two numbers that are names may be keys as well.
    const written = this.#source.text.slice(start, end);
    if (written === 'NaN' || written === 'Infinity') return written;
    this.#refuseHere('a key');
    return undefined;
  }

  #stands(kind: JsonTokenKind): boolean {
    return this.#token.kind === kind;
  }

  #advance(): boolean {
    const token = this.#lexer.next();
    if (token !== undefined) this.#token = token;
    return token !== undefined;
  }

  #refuseValue(): undefined {
    WORD.lastIndex = this.#token.start;
    const [word] = WORD.exec(this.#source.text) ?? [];
    if (word === undefined) this.#refuseHere('a value');
    else {
      this.#refuse(
        `${word} is no ${this.#dialect.name} value`,
        'CONFIG_SYNTAX',
        this.#dialect.name === 'JSON5' ? 'put text in quotes' : 'put text in double quotes',
      );
    }
    return undefined;
  }

  #refuseHere(expected: string): false {
    const sign = this.#source.text[this.#token.start];
    const got = sign === undefined ? 'the end of the file' : JSON.stringify(sign);
    this.#refuse(
      `expected ${expected}, got ${got}`,
      'CONFIG_SYNTAX',
      jsonHint(sign, this.#dialect),
    );
    return false;
  }

  #refuse(message: string, code = 'CONFIG_SYNTAX', help?: string): undefined {
    const at = this.#source.span(this.#token.start, this.#token.start + 1);
    this.#problems.report({ code, message, at, path: [...this.#path], help });
    return undefined;
  }
}
