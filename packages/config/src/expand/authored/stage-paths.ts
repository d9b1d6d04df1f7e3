import { basename, dirname, isAbsolute, posix, relative, sep } from 'node:path';
import {
  type ConfigNode,
  childOf,
  listNode,
  type MapEntry,
  type MapNode,
  mapNode,
  withEntry,
} from '../../tree/config-node.ts';
import { parseUses } from '../../uses/parse-uses.ts';
import { fileOf } from '../../uses/relocate-uses.ts';
import { parseTarget } from '../inner/pipeline-target.ts';

interface Places {
  /** Absolute path of the config. */
  readonly configFile: string;
  /** Files are shown relative to it. */
  readonly folder: string;
}

/** Turns a path that is relative to the file it is written in into one from the config. */
type Relocate = (path: string) => string;

/** Writes what a stage says of files as one would in the config, whichever file says it. */
export class StagePaths {
  readonly #places: Places;

  constructor(places: Places) {
    this.#places = places;
  }

  /** @param names whose a `pipeline` without a file is: another of the config itself, or of some other file */
  inConfig(stage: MapNode, names: 'own' | 'other'): MapNode {
    const own: Relocate = (name) => `./${basename(this.#places.configFile)}#${name}`;
    return this.#stage(stage, names === 'own' ? own : same);
  }

  #stage(stage: MapNode, named: Relocate): MapNode {
    const pipelineFrom: Move = (text, relocate) => {
      const target = parseTarget(text);
      if (target === undefined) return text;
      return target.kind === 'file' ? relocate(text) : named(target.name);
    };
    let moved = this.#field(this.#field(stage, 'uses', usesFrom), 'pipeline', pipelineFrom);
    moved = this.#field(moved, 'files', pathFrom);
    const fallback = childOf(moved, 'fallback');
    if (fallback?.kind === 'map')
      moved = withChanged(moved, 'fallback', this.#field(fallback, 'uses', usesFrom));
    const inner = childOf(moved, 'stages');
    return inner?.kind === 'map' ? withChanged(moved, 'stages', this.#innerStages(inner)) : moved;
  }

  /** Changes of the stages of another pipeline, whose names are those of its own file. */
  #innerStages(section: MapNode): MapNode {
    const entries = new Map<string, MapEntry>();
    for (const [id, entry] of section.entries) {
      const { value } = entry;
      entries.set(id, value.kind === 'map' ? { ...entry, value: this.#stage(value, same) } : entry);
    }
    return mapNode(entries, section.span, section);
  }

  #field(owner: MapNode, field: string, move: Move): MapNode {
    const value = childOf(owner, field);
    return value === undefined ? owner : withChanged(owner, field, this.#moved(value, move));
  }

  #moved(node: ConfigNode, move: Move): ConfigNode {
    if (node.kind === 'list') {
      const items = node.items.map((item) => this.#moved(item, move));
      const isSame = items.every((item, index) => item === node.items[index]);
      return isSame ? node : listNode(items, node.span, node);
    }
    if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
    const relocate = this.#relocating(node);
    const value = move(node.value, relocate);
    // Of a path with variables of instances what is shown counts.
    if (node.redacted !== undefined)
      return { ...node, value, redacted: move(node.redacted, relocate) };
    return value === node.value ? node : { ...node, value, raw: node.raw ?? node.value };
  }

  #relocating({ span }: ConfigNode): Relocate {
    const from = dirname(fileOf(span.source, this.#places));
    const way = relative(dirname(this.#places.configFile), from).replaceAll(sep, '/');
    if (way === '') return same;
    return (path) => {
      if (isAbsolute(path) || /^[A-Za-z]+:/.test(path)) return path;
      const moved = posix.join(way, path);
      return moved.startsWith('../') ? moved : `./${moved}`;
    };
  }
}

type Move = (text: string, relocate: Relocate) => string;

function pathFrom(path: string, relocate: Relocate): string {
  return relocate(path);
}

function usesFrom(uses: string, relocate: Relocate): string {
  return parseUses(uses)?.kind === 'file' ? relocate(uses) : uses;
}

function same(text: string): string {
  return text;
}

function withChanged(owner: MapNode, field: string, value: ConfigNode): MapNode {
  return value === childOf(owner, field) ? owner : withEntry(owner, field, value);
}
