import type { PathSegment } from '@millrace/core';
import type { ConfigSource, Span } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import { type ConfigNode, listNode, MAX_DEPTH } from '../tree/config-node.ts';
import { NUMBER_HELP, numberFault } from './number-fault.ts';
import type { AST } from './toml.ts';
import { type TomlKey, TomlTable } from './toml-table.ts';

interface TomlValuesOptions {
  readonly source: ConfigSource;
  readonly problems: Problems;
  /** Where the text that was parsed starts in the source. */
  readonly offset: number;
  /** Of the table that its keys belong to. */
  readonly path: readonly PathSegment[];
}

/** Makes config values of what the parser made of one statement. */
export class TomlValues {
  readonly #source: ConfigSource;
  readonly #problems: Problems;
  readonly #offset: number;
  readonly #path: PathSegment[];

  constructor({ source, problems, offset, path }: TomlValuesOptions) {
    this.#source = source;
    this.#problems = problems;
    this.#offset = offset;
    this.#path = [...path];
  }

  span({ range: [start, end] }: AST.HasLocs): Span {
    return this.#source.span(this.#offset + start, this.#offset + end);
  }

  /** Undefined, and reported, when its dots nest too deep. */
  key({ keys }: AST.TOMLKey): TomlKey | undefined {
    const names = keys.map((part) => ({
      name: part.type === 'TOMLBare' ? part.name : part.value,
      span: this.span(part),
    }));
    const last = names.pop();
    const isShallow = this.#isShallow(this.#path.length + names.length, last?.span);
    return isShallow && last !== undefined ? { through: names, last } : undefined;
  }

  value(node: AST.TOMLContentNode, { through, last }: TomlKey): ConfigNode {
    const { length } = this.#path;
    for (const { name } of through) this.#path.push(name);
    this.#path.push(last.name);
    const value = this.#value(node);
    this.#path.length = length;
    return value;
  }

  #value(node: AST.TOMLContentNode): ConfigNode {
    const span = this.span(node);
    if (node.type === 'TOMLValue') return this.#scalar(node, span);
    if (!this.#isShallow(this.#path.length, span)) return { kind: 'scalar', value: null, span };
    if (node.type === 'TOMLArray') return this.#list(node, span);
    const table = new TomlTable('header', span);
    for (const { key: keyNode, value } of node.body) {
      const key = this.key(keyNode);
      if (key !== undefined) table.set(key, this.value(value, key));
    }
    return table.toNode();
  }

  #list({ elements }: AST.TOMLArray, span: Span): ConfigNode {
    const items = elements.map((element, index) => {
      this.#path.push(index);
      const item = this.#value(element);
      this.#path.pop();
      return item;
    });
    return listNode(items, span);
  }

  #scalar(node: AST.TOMLValue, span: Span): ConfigNode {
    switch (node.kind) {
      case 'string':
      case 'boolean':
        return { kind: 'scalar', value: node.value, span };
      case 'integer':
      case 'float':
        return this.#number(node.value, span);
      default:
        // A date is text in the other formats too, and a config means the same in all of them.
        return { kind: 'scalar', value: node.datetime, span };
    }
  }

  #number(value: number, span: Span): ConfigNode {
    const written = this.#source.text.slice(span.start, span.end);
    const fault = numberFault(written.replaceAll('_', ''), value);
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

  #isShallow(depth: number, at: Span | undefined): boolean {
    if (depth < MAX_DEPTH) return true;
    this.#problems.report({
      code: 'CONFIG_TOO_DEEP',
      message: `values are nested deeper than ${MAX_DEPTH} levels`,
      at,
    });
    return false;
  }
}
