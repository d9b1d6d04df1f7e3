import type { SourceLocation } from '@millrace/core';
import type { ConfigLayer } from '../layers/config-layer.ts';
import { LineIndex } from './line-index.ts';

/**
 * Where config values come from. `file`: text with positions. `module`: the values of a JS or TS file,
 * which have no positions. `override`: one value given by the caller.
 */
export type SourceKind = 'file' | 'module' | 'override';

/** A place inside a source, as offsets into its text. */
export interface Span {
  readonly source: ConfigSource;
  readonly start: number;
  readonly end: number;
}

/** One layer of config values. Lines are counted only once a position is asked for. */
export class ConfigSource {
  readonly kind: SourceKind;
  /** As people see it: a path relative to the working folder, or the override's flag. */
  readonly name: string;
  /** Without a byte order mark; empty for a module. */
  readonly text: string;
  #layer: ConfigLayer;
  #lines: LineIndex | undefined;

  constructor(kind: SourceKind, name: string, text = '') {
    this.kind = kind;
    this.name = name;
    this.text = text;
    this.#layer = kind === 'override' ? 'flag' : 'file';
  }

  get layer(): ConfigLayer {
    return this.#layer;
  }

  /** The same text as values of another layer. */
  in(layer: ConfigLayer): ConfigSource {
    if (layer === this.#layer) return this;
    const source = new ConfigSource(this.kind, this.name, this.text);
    source.#layer = layer;
    return source;
  }

  span(start: number, end = start): Span {
    return { source: this, start, end: Math.max(start, end) };
  }

  /** Columns count UTF-16 units, as editors do. */
  locate(offset: number): SourceLocation {
    this.#lines ??= new LineIndex(this.text);
    return { file: this.name, ...this.#lines.locate(offset) };
  }
}

export function locationOf(span: Span): SourceLocation {
  return span.source.locate(span.start);
}
