import { handedName } from '../../interpolate/handed-name.ts';
import { type ConfigNode, listNode, type MapEntry, mapNode } from '../../tree/config-node.ts';
import type { KnownValues } from '../filler.ts';

/**
 * Values of one pipeline that become a part of another one, whose placeholders are filled in later: a text
 * that would be taken for a placeholder then, or was reported, is handed over by a name.
 */
export class HandedValues {
  readonly #unfilled: ReadonlySet<ConfigNode>;
  readonly #known = new Map<string, ConfigNode | undefined>();

  constructor(unfilled: ReadonlySet<ConfigNode>) {
    this.#unfilled = unfilled;
  }

  get known(): KnownValues {
    return this.#known;
  }

  /** The value as it is to stand in the other pipeline. */
  hand(node: ConfigNode): ConfigNode {
    switch (node.kind) {
      case 'scalar': {
        if (typeof node.value !== 'string' || !node.value.includes('${')) return node;
        const name = handedName(this.#known.size);
        this.#known.set(name, this.#unfilled.has(node) ? undefined : node);
        return { ...node, value: `\${${name}}` };
      }
      case 'list': {
        const items = node.items.map((item) => this.hand(item));
        return items.every((item, index) => item === node.items[index])
          ? node
          : listNode(items, node.span, node);
      }
      case 'map': {
        const entries = new Map<string, MapEntry>();
        for (const [key, entry] of node.entries)
          entries.set(key, { ...entry, value: this.hand(entry.value) });
        const isSame = entries
          .entries()
          .every(([key, { value }]) => value === node.entries.get(key)?.value);
        return isSame ? node : mapNode(entries, node.span, node);
      }
    }
  }
}
