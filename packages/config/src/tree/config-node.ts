import type { Span } from '../source/config-source.ts';

/** A tree of config values in which every value and every key knows where it was written. */
export type ConfigNode = ScalarNode | ListNode | MapNode;

export type ScalarValue = string | number | boolean | null;

/** How a value came about, beyond the place where it was written. */
export interface Provenance {
  /** What it replaced: the value of the same path in a lower layer, which may have replaced another. */
  readonly over?: ConfigNode;
  /** The text as it was written, when placeholders were filled in. */
  readonly raw?: string;
  /** The param or variable that the whole value is, by the name that its placeholder has. */
  readonly from?: { readonly name: string; readonly value: ConfigNode };
  /** Stands for a value made of secrets wherever it is shown or recorded: `Bearer ${secret:TOKEN}`. */
  readonly redacted?: string;
}

export interface ScalarNode extends Provenance {
  readonly kind: 'scalar';
  readonly value: ScalarValue;
  /** As written, when that is not what the value prints as: `1.10` reads as the number 1.1. */
  readonly written?: string;
  readonly span: Span;
}

/** What a list or map holds, counted with every repetition of what it shares with others. */
interface Extent extends Provenance {
  readonly size: number;
  readonly depth: number;
}

export interface ListNode extends Extent {
  readonly kind: 'list';
  readonly items: readonly ConfigNode[];
  readonly span: Span;
}

export interface MapNode extends Extent {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, MapEntry>;
  readonly span: Span;
}

export interface MapEntry {
  readonly keySpan: Span;
  readonly value: ConfigNode;
}

/** Deeper nesting is no config, and would cost stack in every recursive reader. */
export const MAX_DEPTH = 200;

/** What aliases and placeholders together may add to the values that are written out. */
export const MAX_EXPANSION = 100_000;

/** @param from the node that the list was made of, whose provenance it keeps */
export function listNode(
  items: readonly ConfigNode[],
  span: Span,
  from: Provenance = {},
): ListNode {
  let size = 1;
  let depth = 0;
  for (const item of items) {
    size += sizeOf(item);
    depth = Math.max(depth, depthOf(item));
  }
  return { kind: 'list', items, span, size, depth: depth + 1, ...provenanceOf(from) };
}

/** @param from the node that the map was made of, whose provenance it keeps */
export function mapNode(
  entries: ReadonlyMap<string, MapEntry>,
  span: Span,
  from: Provenance = {},
): MapNode {
  let size = 1;
  let depth = 0;
  for (const { value } of entries.values()) {
    size += sizeOf(value);
    depth = Math.max(depth, depthOf(value));
  }
  return { kind: 'map', entries, span, size, depth: depth + 1, ...provenanceOf(from) };
}

export function provenanceOf({ over, raw, from, redacted }: Provenance): Provenance {
  return {
    ...(over === undefined ? {} : { over }),
    ...(raw === undefined ? {} : { raw }),
    ...(from === undefined ? {} : { from }),
    ...(redacted === undefined ? {} : { redacted }),
  };
}

export function sizeOf(node: ConfigNode): number {
  return node.kind === 'scalar' ? 1 : node.size;
}

export function depthOf(node: ConfigNode): number {
  return node.kind === 'scalar' ? 0 : node.depth;
}

export function childOf(node: ConfigNode | undefined, key: string): ConfigNode | undefined {
  return node?.kind === 'map' ? node.entries.get(key)?.value : undefined;
}

/** A map with one entry set; a new key comes last and has the value's place. */
export function withEntry(map: MapNode, key: string, value: ConfigNode): MapNode {
  const keySpan = map.entries.get(key)?.keySpan ?? value.span;
  return mapNode(new Map([...map.entries, [key, { keySpan, value }]]), map.span, map);
}
