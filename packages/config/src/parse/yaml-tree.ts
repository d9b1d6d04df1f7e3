import type { PathSegment } from '@millrace/core';
import type { Span } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import {
  type ConfigNode,
  depthOf,
  listNode,
  MAX_DEPTH,
  MAX_EXPANSION,
  type MapEntry,
  mapNode,
  sizeOf,
} from '../tree/config-node.ts';
import { duplicateKey } from './duplicate-key.ts';

interface OpenList {
  readonly kind: 'list';
  readonly items: ConfigNode[];
  readonly span: Span;
  readonly anchor: string | undefined;
}

interface OpenMap {
  readonly kind: 'map';
  readonly entries: Map<string, MapEntry>;
  readonly span: Span;
  readonly anchor: string | undefined;
  /** The key whose value comes next; a refused one is read on and dropped. */
  pending: { readonly key: string; readonly span: Span; readonly refused: boolean } | undefined;
  /** The newest key when its value is left out: what comes next may have been meant to stand below it. */
  bare: { readonly key: string; readonly span: Span } | undefined;
}

type Open = OpenList | OpenMap;

/** What a scalar or alias offers when it stands where a key is expected. */
export interface KeyText {
  readonly key: string | undefined;
  /** An unquoted `<<`, which older YAML merges. */
  readonly isMerge: boolean;
}

/** Puts values that arrive in document order together into one tree; aliases share what they name. */
export class YamlTree {
  readonly #problems: Problems;
  readonly #open: Open[] = [];
  /** `undefined` while the anchored value is still open. */
  readonly #anchors = new Map<string, ConfigNode | undefined>();
  #root: ConfigNode | undefined;
  #aliased = 0;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  get root(): ConfigNode | undefined {
    return this.#root;
  }

  /** The key that waits for its value, for values that are left out. */
  get pendingSpan(): Span | undefined {
    const top = this.#open.at(-1);
    return top?.kind === 'map' ? top.pending?.span : undefined;
  }

  /** What comes next is a key. */
  get expectsKey(): boolean {
    const top = this.#open.at(-1);
    return top?.kind === 'map' && top.pending === undefined;
  }

  open(kind: Open['kind'], span: Span, anchor: string | undefined): void {
    if (anchor !== undefined) this.#anchors.set(anchor, undefined);
    if (this.expectsKey) this.#refuseKey(span, 'a key is a list or a map');
    this.#open.push(
      kind === 'list'
        ? { kind, items: [], span, anchor }
        : { kind, entries: new Map(), span, anchor, pending: undefined, bare: undefined },
    );
  }

  close(): void {
    const top = this.#open.pop();
    if (top === undefined) return;
    const node =
      top.kind === 'list' ? listNode(top.items, top.span) : mapNode(top.entries, top.span);
    this.#place(node, top.anchor);
  }

  scalar(node: ConfigNode, anchor: string | undefined, keyText: KeyText): void {
    if (!this.expectsKey) this.#place(node, anchor);
    else {
      if (anchor !== undefined) this.#anchors.set(anchor, node);
      this.#key(node.span, keyText);
    }
  }

  alias(name: string, span: Span): void {
    const node = this.#anchors.get(name);
    if (node === undefined) {
      this.#problems.report(
        this.#anchors.has(name)
          ? {
              code: 'CONFIG_ALIAS_CYCLE',
              message: `alias *${name} stands inside what it names`,
              at: span,
            }
          : {
              code: 'CONFIG_ALIAS_UNKNOWN',
              message: `alias *${name} names no anchor above it`,
              at: span,
              help: this.#problems.suggest(name, this.#anchors.keys()),
            },
      );
    } else if (this.expectsKey) {
      const key = node.kind === 'scalar' ? String(node.value) : undefined;
      this.#key(span, { key, isMerge: false });
      return;
    }
    this.scalar(this.#share(node, name, span), undefined, { key: undefined, isMerge: false });
  }

  path(): PathSegment[] {
    return this.#open.map((open) =>
      open.kind === 'list' ? open.items.length : (open.pending?.key ?? ''),
    );
  }

  /** A copy of the node at the alias's place; the values inside keep theirs. */
  #share(node: ConfigNode | undefined, name: string, span: Span): ConfigNode {
    const nothing: ConfigNode = { kind: 'scalar', value: null, span };
    if (node === undefined) return nothing;
    const before = this.#aliased;
    this.#aliased += sizeOf(node);
    if (this.#aliased > MAX_EXPANSION) {
      if (before <= MAX_EXPANSION) {
        this.#problems.report({
          code: 'CONFIG_EXPANSION',
          message: `alias *${name} makes the aliases stand for more than ${MAX_EXPANSION} values`,
          at: span,
          help: 'write the values out where they are used, or keep them in a data file',
        });
      }
      return nothing;
    }
    if (this.#open.length + depthOf(node) > MAX_DEPTH) {
      this.#problems.report({
        code: 'CONFIG_TOO_DEEP',
        message: `alias *${name} nests values deeper than ${MAX_DEPTH} levels`,
        at: span,
      });
      return nothing;
    }
    return { ...node, span };
  }

  #key(span: Span, { key, isMerge }: KeyText): void {
    const top = this.#open.at(-1);
    if (top?.kind !== 'map') return;
    if (key === undefined) this.#refuseKey(span, 'a key is no text');
    else if (isMerge) {
      this.#problems.report({
        code: 'CONFIG_MERGE_KEY',
        message: 'YAML 1.2 has no merge key `<<`',
        at: span,
        path: [...this.path().slice(0, -1), key],
        help: 'use a whole alias as the value (`with: *shared`) or a param, or write the keys out',
      });
      top.pending = { key, span, refused: true };
    } else {
      const first = top.entries.get(key);
      if (first !== undefined) {
        const path = [...this.path().slice(0, -1), key];
        const above = top.bare?.key === key ? undefined : top.bare;
        this.#problems.report(duplicateKey({ path, at: span, firstAt: first.keySpan, above }));
        top.bare = undefined;
      }
      top.pending = { key, span, refused: first !== undefined };
    }
  }

  #refuseKey(span: Span, message: string): void {
    const top = this.#open.at(-1);
    if (top?.kind !== 'map') return;
    this.#problems.report({
      code: 'CONFIG_KEY_NOT_TEXT',
      message,
      at: span,
      path: this.path().slice(0, -1),
    });
    top.pending = { key: '', span, refused: true };
  }

  #place(node: ConfigNode, anchor: string | undefined): void {
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    const top = this.#open.at(-1);
    if (top === undefined) this.#root ??= node;
    else if (top.kind === 'list') top.items.push(node);
    else if (top.pending !== undefined) {
      const { key, span, refused } = top.pending;
      if (!refused) {
        top.entries.set(key, { keySpan: span, value: node });
        top.bare = node.span === span ? { key, span } : undefined;
      }
      top.pending = undefined;
    }
  }
}
