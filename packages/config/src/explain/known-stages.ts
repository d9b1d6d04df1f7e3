import { formatPath } from '@millrace/core';
import type { PlannedPipeline, Scope } from '../expand/scope.ts';
import { splitPatches } from '../expand/stage-patches.ts';
import { isHanded } from '../interpolate/handed-name.ts';
import {
  type ConfigNode,
  childOf,
  type MapEntry,
  type MapNode,
  mapNode,
  withEntry,
} from '../tree/config-node.ts';

/** A param, and the path that it is explained by. */
export interface KnownParam {
  readonly path: string;
  readonly node: ConfigNode;
}

interface KnownStagesOptions {
  /** The one pipeline that the config comes to. */
  readonly tree: MapNode;
  /** The same as it is written. */
  readonly authored: MapNode;
  readonly scope: Scope;
}

/** Slashes and labels that give an id its shape: `prep[SPY]/score[20]`. */
const PARTS = /([^[\]/]+)(\[[^[\]]*\])?(?:\/|$)/g;

/**
 * All that may be called a stage: those of the one pipeline, repeated ones as they are written, and those
 * that stand for a pipeline.
 */
export class KnownStages {
  /** The one pipeline with all of them. */
  readonly tree: MapNode;
  readonly #ids: readonly string[];
  readonly #scopes = new Map<string, Scope>();
  readonly #root: Scope;

  constructor({ tree, authored, scope }: KnownStagesOptions) {
    this.#root = scope;
    const pipelines = new Map<string, MapEntry>();
    this.#collect(scope, pipelines);
    const flat = entriesOf(tree);
    const section = childOf(authored, 'stages');
    const written = section?.kind === 'map' ? splitPatches(section).stages : flat;
    const all = new Map([...written, ...pipelines, ...flat]);
    this.#ids = [...new Map([...pipelines, ...flat]).keys()];
    const stages = childOf(tree, 'stages');
    this.tree = stages === undefined ? tree : withEntry(tree, 'stages', mapNode(all, stages.span));
  }

  /** The instances that an id without labels, or without some of them, stands for. */
  instancesOf(id: string): readonly string[] {
    const wanted = [...id.matchAll(PARTS)];
    return this.#ids.filter(
      (known) => known !== id && isInstance([...known.matchAll(PARTS)], wanted),
    );
  }

  /** What a placeholder in a stage names; undefined for a variable of its instances. */
  param(id: string | undefined, name: string): KnownParam | undefined {
    const start = (id === undefined ? undefined : this.#scopes.get(id)) ?? this.#root;
    // What a stage lays over a stage of its pipeline is written with the params around it.
    for (let scope: Scope | undefined = start; scope !== undefined; scope = scope.owner?.scope) {
      const node = paramIn(scope, name, this.tree);
      const above = scope.owner === undefined ? [] : ['stages', scope.owner.id];
      if (node !== undefined) return { node, path: formatPath([...above, 'params', name]) };
    }
    return undefined;
  }

  #collect(scope: Scope, pipelines: Map<string, MapEntry>): void {
    for (const planned of scope.planned) {
      this.#scopes.set(planned.id, scope);
      if (planned.kind === 'stage') continue;
      pipelines.set(planned.id, withAllParams(planned));
      this.#collect(planned.inner, pipelines);
    }
  }
}

/** With the params that it leaves to its pipeline. */
function withAllParams({ entry, inner }: PlannedPipeline): MapEntry {
  if (entry.value.kind !== 'map') return entry;
  const params = new Map<string, MapEntry>();
  for (const [name, value] of inner.filler.values)
    if (value !== undefined && !isHanded(name)) params.set(name, { keySpan: value.span, value });
  if (params.size === 0) return entry;
  const section = mapNode(params, entry.value.span);
  return { ...entry, value: withEntry(entry.value, 'params', section) };
}

function paramIn({ owner, filler }: Scope, name: string, tree: MapNode): ConfigNode | undefined {
  return owner === undefined ? childOf(childOf(tree, 'params'), name) : filler.values.get(name);
}

function isInstance(
  known: readonly RegExpExecArray[],
  wanted: readonly RegExpExecArray[],
): boolean {
  return (
    known.length === wanted.length &&
    wanted.every(([, name, label], index) => {
      const [, own, instance] = known[index] ?? [];
      return name === own && (label === undefined || label === instance);
    })
  );
}

function entriesOf(tree: MapNode): ReadonlyMap<string, MapEntry> {
  const stages = childOf(tree, 'stages');
  return stages?.kind === 'map' ? stages.entries : new Map();
}
