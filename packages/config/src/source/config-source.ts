import type { SourceLocation } from '@millrace/core';

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
  #lineStarts: readonly number[] | undefined;

  constructor(kind: SourceKind, name: string, text = '') {
    this.kind = kind;
    this.name = name;
    this.text = text;
  }

  span(start: number, end = start): Span {
    return { source: this, start, end: Math.max(start, end) };
  }

  /** Columns count UTF-16 units, as editors do. */
  locate(offset: number): SourceLocation {
    this.#lineStarts ??= lineStarts(this.text);
    const starts = this.#lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.name, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }
}

export function locationOf(span: Span): SourceLocation {
  return span.source.locate(span.start);
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
