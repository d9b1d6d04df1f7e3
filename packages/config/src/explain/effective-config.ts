import { isDeepStrictEqual } from 'node:util';
import {
  type BoundStage,
  formatPath,
  type ModelPipeline,
  type PathSegment,
  problem,
  type Result,
  success,
} from '@millrace/core';
import { type ConfigNode, type MapNode, mapNode } from '../tree/config-node.ts';
import { nodeAt } from '../tree/locate.ts';
import { toPlain } from '../tree/to-plain.ts';
import type { DefaultValue } from './default-value.ts';
import { explainNode } from './explain-node.ts';
import type { Explained, ExplainedValue, UnknownPath } from './explained-value.ts';
import { pipelineDefaults, pipelineKeys } from './pipeline-defaults.ts';
import { replacedValues, toReplaced } from './replaced-values.ts';
import { shownValue } from './shown-value.ts';
import { stageDefaults } from './stage-defaults.ts';
import { valuesIn } from './values-in.ts';
import { writeYaml } from './write-yaml.ts';

interface EffectiveOptions {
  /** The pipeline with all layers laid over each other and its placeholders filled in. */
  readonly tree: MapNode;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Takes secrets out of what a params schema made of them. */
  readonly redact: (text: string) => string;
  /** Undefined when the config was refused; then defaults of stages are not known. */
  readonly pipeline?: ModelPipeline;
}

/** What the layers of a config come to, and why. Nothing of it shows a secret. */
export class EffectiveConfig {
  readonly #options: EffectiveOptions;

  constructor(options: EffectiveOptions) {
    this.#options = { ...options, tree: inOrder(options.tree) };
  }

  /** The values that are written somewhere, without defaults, as a config that stands alone. */
  toYaml(): string {
    return writeYaml(this.#options.tree);
  }

  /** The same as data. */
  toData(): unknown {
    return shownValue(this.#options.tree);
  }

  /** Every value that is written, in the order of {@link toYaml}. */
  values(): readonly ExplainedValue[] {
    return this.#writtenBelow([]);
  }

  /** How a value came about; of a map all values in it, with defaults. */
  explain(given: readonly PathSegment[]): Result<Explained, UnknownPath> {
    const { tree } = this.#options;
    const path = shownPart(tree, typedPath(tree, given));
    const node = nodeAt(tree, path);
    if (node !== undefined && !hasParts(node)) return success(this.#explainWritten(node, path));
    const defaults = this.#defaultsNear(path);
    const own = defaults.find((value) => isDeepStrictEqual(value.path, path));
    if (node === undefined && own !== undefined) return success(this.#explainDefault(own));
    const below = defaults.filter(
      (value) => isBelow(value.path, path) && !nodeAt(tree, value.path),
    );
    if (node === undefined && below.length === 0) return problem(this.#unknown(path));
    const written = node === undefined ? [] : this.#writtenBelow(path);
    const set = below.filter(({ value }) => value !== undefined);
    const values = [...written, ...set.map((value) => this.#explainDefault(value))];
    return success({ kind: 'map', path: formatPath(path), values });
  }

  #writtenBelow(path: readonly PathSegment[]): ExplainedValue[] {
    const found: ExplainedValue[] = [];
    for (const value of valuesIn(nodeAt(this.#options.tree, path), path))
      found.push(this.#explainWritten(value.node, value.path));
    return found;
  }

  #explainWritten(node: ConfigNode, path: readonly PathSegment[]): ExplainedValue {
    const explained = explainNode(node, path, this.#options);
    const read = this.#read(node, path);
    return {
      ...explained,
      ...(explained.over.length > 0 ? {} : { over: this.#overAbove(path) }),
      ...(read === undefined ? {} : { read }),
    };
  }

  /** A value of a list or map that was replaced whole replaced the one at the same place in it. */
  #overAbove(path: readonly PathSegment[]): ExplainedValue['over'] {
    for (let length = path.length - 1; length > 0; length--) {
      const above = nodeAt(this.#options.tree, path.slice(0, length));
      if (above?.over === undefined) continue;
      const replaced = nodeAt(above.over, path.slice(length));
      if (replaced === undefined) return [];
      return [toReplaced(replaced), ...replacedValues(replaced)];
    }
    return [];
  }

  #explainDefault({ path, value, by }: DefaultValue): ExplainedValue {
    return {
      kind: 'value',
      path: formatPath(path),
      value: this.#shown(value),
      origin: { kind: 'default', by },
      over: [],
      placeholders: [],
    };
  }

  /** What the stage gets for a param, when that is something else and holds no secret. */
  #read(node: ConfigNode, path: readonly PathSegment[]): unknown {
    const [section, id, field, ...rest] = path;
    const isOpen = isDeepStrictEqual(shownValue(node), toPlain(node));
    if (section !== 'stages' || field !== 'with' || !isOpen) return undefined;
    let here: unknown = this.#bound(String(id))?.params.value;
    for (const part of rest) {
      if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return undefined;
      here = Reflect.get(here, part);
    }
    return isDeepStrictEqual(here, toPlain(node)) ? undefined : this.#shown(here);
  }

  /** A schema may put a secret anywhere. */
  #shown(value: unknown): unknown {
    const { redact } = this.#options;
    if (typeof value === 'string') return redact(value);
    if (Array.isArray(value)) return value.map((item) => this.#shown(item));
    return value;
  }

  #defaultsNear([section, id]: readonly PathSegment[]): readonly DefaultValue[] {
    if (section !== 'stages') return pipelineDefaults();
    const stage = id === undefined ? undefined : nodeAt(this.#options.tree, [section, id]);
    if (stage?.kind !== 'map') return [];
    return stageDefaults(String(id), stage, this.#bound(String(id)));
  }

  #bound(id: string): BoundStage | undefined {
    const { pipeline } = this.#options;
    return pipeline?.graph.indexById.has(id) ? pipeline.stage(id) : undefined;
  }

  #unknown(path: readonly PathSegment[]): UnknownPath {
    const { tree } = this.#options;
    const defaults = this.#defaultsNear(path);
    let length = 0;
    const isKnown = (part: readonly PathSegment[]): boolean =>
      nodeAt(tree, part) !== undefined ||
      defaults.some((value) => isBelow(value.path, part) || isDeepStrictEqual(value.path, part));
    while (length < path.length && isKnown(path.slice(0, length + 1))) length += 1;
    const owner = path.slice(0, length);
    const node = nodeAt(tree, owner);
    const written = node?.kind === 'map' ? [...node.entries.keys()] : [];
    const others = defaults.filter((value) => isBelow(value.path, owner));
    const known = new Set([
      ...written,
      ...(length === 0 ? pipelineKeys() : []),
      ...others.map((value) => String(value.path[length])),
    ]);
    return { owner: formatPath(owner), part: String(path[length]), known: [...known] };
  }
}

/** The fields of a pipeline as they are listed everywhere, since layers bring them in any order. */
function inOrder(tree: MapNode): MapNode {
  const keys = pipelineKeys();
  const rankOf = (key: string): number => (keys.includes(key) ? keys.indexOf(key) : keys.length);
  const entries = [...tree.entries].toSorted(([a], [b]) => rankOf(a) - rankOf(b));
  return mapNode(new Map(entries), tree.span, tree);
}

/** Parts of lists as numbers, which a path that was typed cannot tell from keys. */
function typedPath(tree: ConfigNode, path: readonly PathSegment[]): readonly PathSegment[] {
  let here: ConfigNode | undefined = tree;
  return path.map((part) => {
    const isIndex = here?.kind === 'list' && /^\d+$/.test(String(part));
    const typed = isIndex ? Number(part) : part;
    here = here === undefined ? undefined : nodeAt(here, [typed]);
    return typed;
  });
}

/** Of a value that is one secret the parts are not shown, and so not told apart either. */
function shownPart(tree: ConfigNode, path: readonly PathSegment[]): readonly PathSegment[] {
  const length = path.findIndex(
    (_, index) => nodeAt(tree, path.slice(0, index + 1))?.redacted !== undefined,
  );
  return length === -1 ? path : path.slice(0, length + 1);
}

function hasParts(node: ConfigNode): boolean {
  return node.kind === 'map' && node.redacted === undefined && node.entries.size > 0;
}

function isBelow(path: readonly PathSegment[], above: readonly PathSegment[]): boolean {
  return path.length > above.length && above.every((part, index) => part === path[index]);
}
