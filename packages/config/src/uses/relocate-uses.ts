import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { ConfigSource } from '../source/config-source.ts';
import {
  type ConfigNode,
  childOf,
  type MapEntry,
  type MapNode,
  mapNode,
  type ScalarNode,
  withEntry,
} from '../tree/config-node.ts';
import { parseUses } from './parse-uses.ts';

interface Places {
  /** Absolute path of the config. */
  readonly configFile: string;
  /** Files are shown relative to it. */
  readonly folder: string;
}

/**
 * A pipeline in which each relative `uses` is one from the config, wherever it was written: two files in
 * different folders may mean different classes by the same text. What was written is kept as `raw`.
 */
export function relocateUses(pipeline: MapNode, places: Places): MapNode {
  const stages = childOf(pipeline, 'stages');
  if (stages?.kind !== 'map') return pipeline;
  const folders = new Map<ConfigSource, string>();
  const here = dirname(places.configFile);
  const folderOf = (source: ConfigSource): string => {
    const known = folders.get(source) ?? dirname(fileOf(source, places));
    folders.set(source, known);
    return known;
  };
  let changed: Map<string, MapEntry> | undefined;
  for (const [id, entry] of stages.entries) {
    const value = relocateStage(entry.value, here, folderOf);
    if (value === entry.value) continue;
    changed ??= new Map(stages.entries);
    changed.set(id, { ...entry, value });
  }
  if (changed === undefined) return pipeline;
  return withEntry(pipeline, 'stages', mapNode(changed, stages.span, stages));
}

/** The file that values of a source were written in; flags count as written in the config. */
export function fileOf(
  { kind, name }: Pick<ConfigSource, 'kind' | 'name'>,
  { configFile, folder }: Places,
): string {
  return kind === 'override' ? configFile : resolve(folder, name);
}

type FolderOf = (source: ConfigSource) => string;

function relocateStage(stage: ConfigNode, here: string, folderOf: FolderOf): ConfigNode {
  const moved = relocateField(stage, here, folderOf);
  const fallback = childOf(moved, 'fallback');
  if (moved.kind !== 'map' || fallback === undefined) return moved;
  const movedFallback = relocateField(fallback, here, folderOf);
  return movedFallback === fallback ? moved : withEntry(moved, 'fallback', movedFallback);
}

function relocateField(owner: ConfigNode, here: string, folderOf: FolderOf): ConfigNode {
  const uses = childOf(owner, 'uses');
  if (owner.kind !== 'map' || uses?.kind !== 'scalar' || typeof uses.value !== 'string')
    return owner;
  const folder = folderOf(uses.span.source);
  if (folder === here) return owner;
  const value = relocated(uses.value, folder, here);
  if (value === uses.value) return owner;
  const moved: ScalarNode = { ...uses, value, raw: uses.raw ?? uses.value };
  return withEntry(owner, 'uses', moved);
}

function relocated(uses: string, from: string, to: string): string {
  // A placeholder that could not be filled in was reported, and is no path.
  const target = uses.includes('${') ? undefined : parseUses(uses);
  if (target?.kind !== 'file' || isAbsolute(target.path) || /^[A-Za-z]+:/.test(target.path))
    return uses;
  const path = relative(to, resolve(from, target.path)).replaceAll(sep, '/');
  const hash = uses.lastIndexOf('#');
  return `${path.startsWith('../') ? '' : './'}${path}${hash === -1 ? '' : uses.slice(hash)}`;
}
