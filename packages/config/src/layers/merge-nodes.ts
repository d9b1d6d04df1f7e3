import { type ConfigNode, type MapEntry, type MapNode, mapNode } from '../tree/config-node.ts';
import { replacing } from '../tree/replacing.ts';

/** Whose place a map has that both layers give: that of the one whose author reads of a fault in it. */
export type MapPlace = 'upper' | 'lower';

/**
 * One layer laid over another: maps deeply, key by key; a list or a single value replaces whatever was
 * there, and remembers it.
 */
export function mergeNodes(lower: ConfigNode, upper: ConfigNode, place: MapPlace): ConfigNode {
  return lower.kind === 'map' && upper.kind === 'map'
    ? mergeMaps(lower, upper, place)
    : replacing(upper, lower);
}

export function mergeMaps(lower: MapNode, upper: MapNode, place: MapPlace): MapNode {
  const entries = new Map(lower.entries);
  for (const [key, entry] of upper.entries) {
    const below = lower.entries.get(key);
    entries.set(key, below === undefined ? entry : mergeEntries(below, entry, place));
  }
  const { span } = place === 'upper' ? upper : lower;
  return mapNode(
    entries,
    span,
    place === 'upper' ? { ...lower, ...upper } : { ...upper, ...lower },
  );
}

function mergeEntries(lower: MapEntry, upper: MapEntry, place: MapPlace): MapEntry {
  const value = mergeNodes(lower.value, upper.value, place);
  const isShared = lower.value.kind === 'map' && upper.value.kind === 'map';
  const { keySpan } = isShared && place === 'lower' ? lower : upper;
  return { keySpan, value };
}
