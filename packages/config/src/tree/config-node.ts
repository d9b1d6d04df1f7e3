import type { Span } from '../source/config-source.ts';

/** A tree of config values in which every value and every key knows where it was written. */
export type ConfigNode = ScalarNode | ListNode | MapNode;

export type ScalarValue = string | number | boolean | null;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: ScalarValue;
  /** As written, when that is not what the value prints as: `1.10` reads as the number 1.1. */
  readonly written?: string;
  readonly span: Span;
}

/** What a list or map holds, counted with every repetition of what it shares with others. */
interface Extent {
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

export function listNode(items: readonly ConfigNode[], span: Span): ListNode {
  let size = 1;
  let depth = 0;
  for (const item of items) {
    size += sizeOf(item);
    depth = Math.max(depth, depthOf(item));
  }
  return { kind: 'list', items, span, size, depth: depth + 1 };
}

export function mapNode(entries: ReadonlyMap<string, MapEntry>, span: Span): MapNode {
  let size = 1;
  let depth = 0;
  for (const { value } of entries.values()) {
    size += sizeOf(value);
    depth = Math.max(depth, depthOf(value));
  }
  return { kind: 'map', entries, span, size, depth: depth + 1 };
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
  return mapNode(new Map([...map.entries, [key, { keySpan, value }]]), map.span);
}
