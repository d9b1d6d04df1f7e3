import { isDeepStrictEqual } from 'node:util';
import type { Problems } from '../source/problems.ts';
import { childOf, type MapEntry, type MapNode, mapNode } from '../tree/config-node.ts';
import { toPlain } from '../tree/to-plain.ts';

const SETTINGS = ['store', 'logging', 'params'];

/**
 * The settings of a file that do not depend on its stages: those of the wanted pipeline, or what all
 * its pipelines share. Undefined when they keep their runs in different stores and none is wanted.
 */
export function settingsOf(
  root: MapNode,
  wanted: string | undefined,
  problems: Problems,
): MapNode | undefined {
  const section = root.entries.get('pipelines');
  const pipelines =
    section?.value.kind === 'map' ? section.value.entries : new Map<string, MapEntry>();
  const chosen =
    pipelines.get(wanted ?? '') ?? (pipelines.size === 1 ? first(pipelines) : undefined);
  if (section === undefined || chosen !== undefined) return merged(root, chosen?.value);
  const all = Array.from(pipelines.values(), ({ value }) => merged(root, value));
  const [one, ...others] = all.map((settings) => plainStore(settings));
  if (others.every((other) => isDeepStrictEqual(other, one))) return all[0] ?? merged(root);
  problems.report({
    code: 'PIPELINE_NOT_CHOSEN',
    message: 'the pipelines of the file keep their runs in different stores, and none was chosen',
    at: section.keySpan,
    path: ['pipelines'],
    expected: `one of ${[...pipelines.keys()].slice(0, 10).join(', ')}`,
  });
  return undefined;
}

function first(pipelines: ReadonlyMap<string, MapEntry>): MapEntry | undefined {
  const [only] = pipelines.values();
  return only;
}

function merged(root: MapNode, pipeline?: MapEntry['value']): MapNode {
  const entries = new Map<string, MapEntry>();
  for (const key of SETTINGS) {
    const shared = root.entries.get(key);
    const own = pipeline?.kind === 'map' ? pipeline.entries.get(key) : undefined;
    const both =
      key === 'params' && shared?.value.kind === 'map' && own?.value.kind === 'map'
        ? {
            ...own,
            value: mapNode(new Map([...shared.value.entries, ...own.value.entries]), root.span),
          }
        : undefined;
    const entry = both ?? own ?? shared;
    if (entry !== undefined) entries.set(key, entry);
  }
  return mapNode(entries, root.span);
}

function plainStore(settings: MapNode): unknown {
  const store = childOf(settings, 'store');
  return store === undefined ? undefined : toPlain(store);
}
