import type { PathSegment } from '@millrace/core';
import { Interpolator } from '../interpolate/interpolator.ts';
import type { Problems } from '../source/problems.ts';
import { type ConfigNode, type MapEntry, type MapNode, mapNode } from '../tree/config-node.ts';

/** What all placeholders of a config draw on, also those of the pipelines inside it. */
export interface FillSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly secrets: ReadonlyMap<string, string>;
  readonly problems: Problems;
  /** Grows with every text whose placeholders were reported. */
  readonly unfilled: Set<ConfigNode>;
  /** False when params are missing because of what is reported elsewhere. Default true. */
  readonly hasAllParams?: boolean;
}

/** Values that placeholders name, already filled in; undefined for one that was reported. */
export type KnownValues = ReadonlyMap<string, ConfigNode | undefined>;

/** Fills the placeholders of one pipeline, or of one instance of a stage in it. */
export class Filler {
  readonly #sources: FillSources;
  readonly #interpolator: Interpolator;
  /** As written; what they are known to be comes first. */
  readonly #params: MapNode | undefined;
  readonly #known: KnownValues;
  #values: KnownValues | undefined;
  /** The params with the variables of an instance before them, by the names of these. */
  readonly #named = new Map<string, MapNode>();

  constructor(sources: FillSources, params: MapNode | undefined, known: KnownValues = new Map()) {
    this.#sources = sources;
    this.#params = params;
    this.#known = known;
    const { env, secrets, problems, hasAllParams } = sources;
    const options = { params, known, env, secrets, problems };
    this.#interpolator = new Interpolator(
      hasAllParams === undefined ? options : { ...options, hasAllParams },
    );
  }

  /** @param path where the value will stand, for problems */
  fill(path: readonly PathSegment[], node: ConfigNode): ConfigNode {
    // Most stages of a large config are such.
    if (!holdsPlaceholder(node)) return node;
    const filled = this.#interpolator.resolveAt(path, node);
    for (const text of this.#interpolator.unfilled) this.#sources.unfilled.add(text);
    return filled;
  }

  /** The params by name, each filled in once. */
  get values(): KnownValues {
    this.#values ??= this.#fillParams();
    return this.#values;
  }

  /** For one instance: the same, with its own variables beside the params. */
  withVariables(variables: ReadonlyMap<string, ConfigNode>): Filler {
    const { unfilled } = this.#sources;
    const known = new Map(this.values);
    for (const [name, value] of variables) known.set(name, unfilled.has(value) ? undefined : value);
    return new Filler(this.#sources, this.#paramsAfter(variables), known);
  }

  /** Variables come first in what a problem lists. What they are is known, so only their names count. */
  #paramsAfter(variables: ReadonlyMap<string, ConfigNode>): MapNode | undefined {
    const [some] = variables.values();
    if (some === undefined) return this.#params;
    const key = [...variables.keys()].join(' ');
    const named = this.#named.get(key) ?? this.#withNames(variables, some);
    this.#named.set(key, named);
    return named;
  }

  #withNames(variables: ReadonlyMap<string, ConfigNode>, { span }: ConfigNode): MapNode {
    const entries = new Map<string, MapEntry>();
    for (const [name, value] of variables) entries.set(name, { keySpan: value.span, value });
    for (const [name, entry] of this.#params?.entries ?? []) entries.set(name, entry);
    return mapNode(entries, span);
  }

  /** The same, with nobody told what cannot be filled in. */
  muted(problems: Problems): Filler {
    return new Filler({ ...this.#sources, problems }, this.#params, this.#known);
  }

  #fillParams(): KnownValues {
    const values = new Map<string, ConfigNode | undefined>(this.#known);
    const { unfilled } = this.#sources;
    for (const [name, { value }] of this.#params?.entries ?? []) {
      if (values.has(name)) continue;
      const filled = this.fill(['params', name], value);
      values.set(name, unfilled.has(filled) ? undefined : filled);
    }
    return values;
  }
}

function holdsPlaceholder(node: ConfigNode): boolean {
  switch (node.kind) {
    case 'scalar':
      return typeof node.value === 'string' && node.value.includes('${');
    case 'list':
      return node.items.some(holdsPlaceholder);
    case 'map':
      for (const { value } of node.entries.values()) if (holdsPlaceholder(value)) return true;
      return false;
  }
}
