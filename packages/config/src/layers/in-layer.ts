import type { ConfigSource, Span } from '../source/config-source.ts';
import {
  type ConfigNode,
  listNode,
  type MapEntry,
  mapNode,
  provenanceOf,
} from '../tree/config-node.ts';
import type { ConfigLayer } from './config-layer.ts';

/**
 * The same values, as those of another layer: a part of a file may be one of its own. Values shared
 * through aliases stay shared.
 */
export function inLayer(node: ConfigNode, layer: ConfigLayer): ConfigNode {
  const sources = new Map<ConfigSource, ConfigSource>();
  const done = new Map<ConfigNode, ConfigNode>();
  return moved(node);

  function moved(here: ConfigNode): ConfigNode {
    const known = done.get(here);
    if (known !== undefined) return known;
    const copy = copied(here);
    done.set(here, copy);
    return copy;
  }

  function copied(here: ConfigNode): ConfigNode {
    const span = spanIn(here.span);
    // What another file said of the same environment was of the same layer.
    const from = here.over === undefined ? here : { ...here, over: moved(here.over) };
    switch (here.kind) {
      case 'scalar':
        return { ...here, ...provenanceOf(from), span };
      case 'list':
        return listNode(here.items.map(moved), span, from);
      case 'map': {
        const entries = new Map<string, MapEntry>();
        for (const [key, { keySpan, value }] of here.entries)
          entries.set(key, { keySpan: spanIn(keySpan), value: moved(value) });
        return mapNode(entries, span, from);
      }
    }
  }

  function spanIn({ source, start, end }: Span): Span {
    const known = sources.get(source) ?? source.in(layer);
    sources.set(source, known);
    return known.span(start, end);
  }
}
