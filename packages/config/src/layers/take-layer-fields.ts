import type { PathSegment } from '@millrace/core';
import { LAYER_FIELDS } from '../shape/config-schema.ts';
import type { Problems } from '../source/problems.ts';
import { type ConfigNode, type MapEntry, type MapNode, mapNode } from '../tree/config-node.ts';

export interface TakenFields {
  /** The file without them, and without those that stand where they mean nothing. */
  readonly rest: MapNode;
  readonly extends: MapEntry | undefined;
  readonly environments: MapEntry | undefined;
}

/** Takes out of a file what says how layers come together; below the top it is refused. */
export function takeLayerFields(root: MapNode, problems: Problems): TakenFields {
  return {
    rest: withoutMisplaced(without(root), problems),
    extends: root.entries.get('extends'),
    environments: root.entries.get('environments'),
  };
}

/** An environment as it stands in a config or in a file of its own: a layer has no layers. */
export function refuseLayerFields(
  layer: MapNode,
  path: readonly PathSegment[],
  problems: Problems,
): MapNode {
  for (const key of LAYER_FIELDS) {
    const entry = layer.entries.get(key);
    if (entry !== undefined) reportMisplaced(key, entry, [...path, key], problems);
  }
  return withoutMisplaced(without(layer), problems, path);
}

function withoutMisplaced(
  layer: MapNode,
  problems: Problems,
  path: readonly PathSegment[] = [],
): MapNode {
  const pipelines = layer.entries.get('pipelines');
  if (pipelines?.value.kind !== 'map') return layer;
  const isMisplaced = ({ value }: MapEntry): boolean =>
    value.kind === 'map' && LAYER_FIELDS.some((key) => value.entries.has(key));
  if (!pipelines.value.entries.values().some(isMisplaced)) return layer;
  const cleaned = new Map<string, MapEntry>();
  for (const [name, entry] of pipelines.value.entries) {
    const value: ConfigNode =
      entry.value.kind === 'map'
        ? refuseLayerFields(entry.value, [...path, 'pipelines', name], problems)
        : entry.value;
    cleaned.set(name, { ...entry, value });
  }
  const value = mapNode(cleaned, pipelines.value.span, pipelines.value);
  const entries = new Map([...layer.entries, ['pipelines', { ...pipelines, value }] as const]);
  return mapNode(entries, layer.span, layer);
}

function without(layer: MapNode): MapNode {
  if (!LAYER_FIELDS.some((key) => layer.entries.has(key))) return layer;
  const entries = new Map(layer.entries);
  for (const key of LAYER_FIELDS) entries.delete(key);
  return mapNode(entries, layer.span, layer);
}

function reportMisplaced(
  key: string,
  { keySpan }: MapEntry,
  path: readonly PathSegment[],
  problems: Problems,
): void {
  problems.report({
    code: 'CONFIG_KEY_MISPLACED',
    message: `\`${key}\` can only stand at the top of a config file`,
    at: keySpan,
    path,
    help: `move it to the top; it holds for ${key === 'extends' ? 'the whole file' : 'all pipelines of the file'}`,
  });
}
