import { isDeepStrictEqual } from 'node:util';
import { environmentSlice } from '../layers/environment-slice.ts';
import { mergeMaps } from '../layers/merge-nodes.ts';
import { oneOf } from '../source/one-of.ts';
import type { Problems } from '../source/problems.ts';
import {
  type ConfigNode,
  childOf,
  type MapEntry,
  type MapNode,
  mapNode,
} from '../tree/config-node.ts';
import { toPlain } from '../tree/to-plain.ts';

const SETTINGS = ['store', 'logging', 'params'];

interface SettingsRequest {
  /** The file with its bases. */
  readonly root: MapNode;
  /** What the chosen environment lays over it. */
  readonly environment: MapNode | undefined;
  /** The pipeline whose settings are meant. */
  readonly wanted: string | undefined;
}

/**
 * The settings of a file that do not depend on its stages: those of the wanted pipeline, or what all
 * its pipelines share. Undefined when they keep their runs in different stores and none is wanted.
 */
export function settingsOf(
  { root, environment, wanted }: SettingsRequest,
  problems: Problems,
): MapNode | undefined {
  const merged = (name?: string, pipeline?: ConfigNode): MapNode =>
    settingsUnder(environment && environmentSlice(environment, root, name), root, pipeline);
  const section = root.entries.get('pipelines');
  const pipelines =
    section?.value.kind === 'map' ? section.value.entries : new Map<string, MapEntry>();
  const [only] = pipelines.keys();
  const name = pipelines.has(wanted ?? '') || pipelines.size !== 1 ? wanted : only;
  const chosen = pipelines.get(name ?? '');
  if (section === undefined || chosen !== undefined) return merged(name, chosen?.value);
  const all = Array.from(pipelines, ([key, { value }]) => merged(key, value));
  const [one, ...others] = all.map((settings) => plainStore(settings));
  if (others.every((other) => isDeepStrictEqual(other, one))) return all[0] ?? merged();
  problems.report({
    code: 'PIPELINE_NOT_CHOSEN',
    message: 'the pipelines of the file keep their runs in different stores, and none was chosen',
    at: section.keySpan,
    path: ['pipelines'],
    expected: oneOf(pipelines.keys()),
  });
  return undefined;
}

function settingsUnder(
  environment: MapNode | undefined,
  root: MapNode,
  pipeline: ConfigNode | undefined,
): MapNode {
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
  const settings = mapNode(entries, root.span);
  if (environment === undefined) return settings;
  const above = [...environment.entries].filter(([key]) => SETTINGS.includes(key));
  return mergeMaps(settings, mapNode(new Map(above), environment.span), 'lower');
}

function plainStore(settings: MapNode): unknown {
  const store = childOf(settings, 'store');
  return store === undefined ? undefined : toPlain(store);
}
