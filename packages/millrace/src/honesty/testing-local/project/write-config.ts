import { formatPath, SeededRandom } from '@millrace/core';
import type { ConfigStyle } from './config-style.ts';

export type ConfigValue = string | number | boolean | readonly ConfigValue[] | ConfigMap;

export interface ConfigMap {
  readonly [key: string]: ConfigValue;
}

export interface WrittenConfig {
  readonly text: string;
  /**
   * `line:column`, from 1, by path: of each value that is no map, `stages.rank.with.window`, and of the key of
   * each map, `stages.rank.with`.
   */
  readonly places: ReadonlyMap<string, string>;
}

/** Writes a config as YAML in the given style, and notes where each value came to stand. */
export function writeConfig(config: ConfigMap, style: ConfigStyle): WrittenConfig {
  const writer = new ConfigWriter(style);
  writer.map(config, []);
  return { text: writer.text, places: writer.places };
}

type Path = readonly string[];

/** What YAML would read as something else than this text. */
const NEEDS_QUOTES = /^$|^(?:true|false|null|~|[-+.\d].*)$|[^\w ./-]|^ | $/;

class ConfigWriter {
  readonly #style: ConfigStyle;
  readonly #comments: SeededRandom;
  readonly places = new Map<string, string>();
  text = '';

  constructor(style: ConfigStyle) {
    this.#style = style;
    this.#comments = new SeededRandom(style.commentSeed);
  }

  map(map: ConfigMap, path: Path): void {
    const { isSpacious, indent, flowFrom } = this.#style;
    for (const [key, value] of this.#entries(map, path)) {
      if (isSpacious && path.length < 2 && this.text !== '') this.text += '\n';
      this.#comment(path.length);
      const inner = [...path, key];
      this.text += ' '.repeat(indent * path.length);
      this.#key(key, value, inner);
      if (isMap(value) && inner.length < flowFrom && Object.keys(value).length > 0) {
        this.text += '\n';
        this.map(value, inner);
        continue;
      }
      this.text += ' ';
      this.#flow(value, inner);
      this.text += this.#hasComment() ? ` # of ${key}\n` : '\n';
    }
  }

  #flow(value: ConfigValue, path: Path): void {
    if (isMap(value)) {
      this.text += '{ ';
      for (const [at, [key, item]] of this.#entries(value, path).entries()) {
        const inner = [...path, key];
        this.text += at === 0 ? '' : ', ';
        this.#key(key, item, inner);
        this.text += ' ';
        this.#flow(item, inner);
      }
      this.text += ' }';
      return;
    }
    this.#note(path);
    if (!isList(value)) {
      this.text += this.#scalar(value);
      return;
    }
    this.text += '[';
    for (const [at, item] of value.entries()) {
      if (at > 0) this.text += ', ';
      this.#flow(item, [...path, String(at)]);
    }
    this.text += ']';
  }

  #key(key: string, value: ConfigValue, path: Path): void {
    if (isMap(value)) this.#note(path);
    this.text += `${this.#scalar(key)}:`;
  }

  #scalar(value: string | number | boolean): string {
    if (typeof value !== 'string') return String(value);
    const { quote } = this.#style;
    if (quote === 'needed' && !NEEDS_QUOTES.test(value)) return value;
    return quote === 'single' ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value);
  }

  #note(path: Path): void {
    const before = this.text.split('\n');
    this.places.set(formatPath(path), `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`);
  }

  #entries(map: ConfigMap, path: Path): [string, ConfigValue][] {
    const entries = Object.entries(map);
    const { orderSeed } = this.#style;
    if (orderSeed === 0) return entries;
    return new SeededRandom(orderSeed + formatPath(path).length).shuffled(entries);
  }

  #comment(depth: number): void {
    if (!this.#hasComment()) return;
    const indent = ' '.repeat(this.#style.indent * depth);
    this.text += `${indent}# note ${this.#comments.integer(1000)}\n`;
  }

  #hasComment(): boolean {
    return this.#style.commentSeed !== 0 && this.#comments.integer(4) === 0;
  }
}

function isList(value: ConfigValue): value is readonly ConfigValue[] {
  return Array.isArray(value);
}

function isMap(value: ConfigValue): value is ConfigMap {
  return typeof value === 'object' && !isList(value);
}
