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
import { NUMBER_HELP, numberFault } from './number-fault.ts';

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const WORDS: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Reads JSON to the letter (RFC 8259), with places; undefined once something cannot be read. */
export function readJson(source: ConfigSource, problems: Problems): ConfigNode | undefined {
  return new JsonReader(source, problems).read();
}

class JsonReader {
  readonly #source: ConfigSource;
  readonly #text: string;
  readonly #problems: Problems;
  readonly #path: PathSegment[] = [];
  #at = 0;

  constructor(source: ConfigSource, problems: Problems) {
    this.#source = source;
    this.#text = source.text;
    this.#problems = problems;
  }

  read(): ConfigNode | undefined {
    this.#skip(SPACE);
    if (this.#at === this.#text.length) return undefined;
    const root = this.#value();
    if (root === undefined) return undefined;
    this.#skip(SPACE);
    return this.#at === this.#text.length
      ? root
      : this.#refuse('the file goes on behind the end of its value');
  }

  #value(): ConfigNode | undefined {
    const sign = this.#text[this.#at];
    if (sign === '{' || sign === '[') {
      if (this.#path.length < MAX_DEPTH) return sign === '{' ? this.#map() : this.#list();
      return this.#refuse(`values are nested deeper than ${MAX_DEPTH} levels`, 'CONFIG_TOO_DEEP');
    }
    const start = this.#at;
    if (sign === '"') {
      const text = this.#string();
      if (text === undefined) return undefined;
      return { kind: 'scalar', value: text, span: this.#source.span(start, this.#at) };
    }
    const number = this.#skip(NUMBER);
    return number === '' ? this.#word() : this.#number(number, start);
  }

  #number(written: string, start: number): ConfigNode {
    const value = Number(written);
    const span = this.#source.span(start, this.#at);
    const fault = numberFault(written, value);
    if (fault !== undefined) {
      this.#problems.report({
        code: 'CONFIG_NUMBER',
        message: fault,
        at: span,
        path: [...this.#path],
        help: NUMBER_HELP,
      });
    }
    return { kind: 'scalar', value, ...(written === String(value) ? {} : { written }), span };
  }

  #word(): ConfigNode | undefined {
    const start = this.#at;
    const word = this.#skip(WORD);
    const value = WORDS.get(word);
    if (value !== undefined)
      return { kind: 'scalar', value, span: this.#source.span(start, this.#at) };
    this.#at = start;
    if (word !== '')
      return this.#refuse(`${word} is no JSON value`, 'CONFIG_SYNTAX', 'put text in double quotes');
    return this.#refuse(`expected a value, got ${this.#here()}`, 'CONFIG_SYNTAX', this.#hint());
  }

  #list(): ConfigNode | undefined {
    const start = this.#at;
    const items: ConfigNode[] = [];
    this.#at += 1;
    this.#skip(SPACE);
    if (this.#take(']')) return listNode(items, this.#source.span(start));
    while (true) {
      this.#path.push(items.length);
      const item = this.#value();
      this.#path.pop();
      if (item === undefined) return undefined;
      items.push(item);
      this.#skip(SPACE);
      if (this.#take(']')) return listNode(items, this.#source.span(start));
      if (!this.#comma(']')) return undefined;
    }
  }

  #map(): ConfigNode | undefined {
    const start = this.#at;
    const entries = new Map<string, MapEntry>();
    this.#at += 1;
    this.#skip(SPACE);
    if (this.#take('}')) return mapNode(entries, this.#source.span(start));
    while (true) {
      if (!this.#entry(entries)) return undefined;
      this.#skip(SPACE);
      if (this.#take('}')) return mapNode(entries, this.#source.span(start));
      if (!this.#comma('}')) return undefined;
    }
  }

  #entry(entries: Map<string, MapEntry>): boolean {
    const keyStart = this.#at;
    if (this.#text[this.#at] !== '"') {
      this.#refuse(
        `expected a key in double quotes, got ${this.#here()}`,
        'CONFIG_SYNTAX',
        this.#hint(),
      );
      return false;
    }
    const key = this.#string();
    if (key === undefined) return false;
    const keySpan = this.#source.span(keyStart, this.#at);
    this.#skip(SPACE);
    if (!this.#take(':')) {
      this.#refuse(`expected ":" behind the key ${JSON.stringify(key)}, got ${this.#here()}`);
      return false;
    }
    this.#skip(SPACE);
    this.#path.push(key);
    const value = this.#value();
    const first = entries.get(key);
    if (first !== undefined) {
      const path = [...this.#path];
      this.#problems.report(duplicateKey({ path, at: keySpan, firstAt: first.keySpan }));
    }
    this.#path.pop();
    if (value === undefined) return false;
    if (first === undefined) entries.set(key, { keySpan, value });
    return true;
  }

  #comma(closing: string): boolean {
    const comma = this.#at;
    if (!this.#take(',')) {
      this.#refuse(
        `expected "," or "${closing}", got ${this.#here()}`,
        'CONFIG_SYNTAX',
        this.#hint(),
      );
      return false;
    }
    this.#skip(SPACE);
    if (this.#text[this.#at] !== closing) return true;
    this.#at = comma;
    this.#refuse(
      'a comma behind the last entry, which JSON does not allow',
      'CONFIG_SYNTAX',
      'remove it',
    );
    return false;
  }

  #string(): string | undefined {
    const start = this.#at;
    let end = start + 1;
    while (end < this.#text.length && this.#text[end] !== '"' && this.#text[end] !== '\n') {
      end += this.#text[end] === '\\' ? 2 : 1;
    }
    if (this.#text[end] !== '"') {
      return this.#refuse('a text that is not closed by a double quote on its line');
    }
    try {
      const text: unknown = JSON.parse(this.#text.slice(start, end + 1));
      this.#at = end + 1;
      return String(text);
    } catch {
      return this.#refuse(
        'a text with a tab or an unknown escape',
        'CONFIG_SYNTAX',
        'write \\t, \\n, \\\\ or \\uXXXX',
      );
    }
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #take(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #here(): string {
    const sign = this.#text[this.#at];
    return sign === undefined ? 'the end of the file' : JSON.stringify(sign);
  }

  #hint(): string | undefined {
    const sign = this.#text[this.#at];
    if (sign === '/' || sign === '#') return 'JSON has no comments; a YAML config has';
    return sign === "'" ? 'JSON quotes with double quotes only' : undefined;
  }

  #refuse(message: string, code = 'CONFIG_SYNTAX', help?: string): undefined {
    const at = this.#source.span(this.#at, this.#at + 1);
    this.#problems.report({ code, message, at, path: [...this.#path], help });
    return undefined;
  }
}
