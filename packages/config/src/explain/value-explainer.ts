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
import type { ConfigNode, MapNode } from '../tree/config-node.ts';
import { nodeAt } from '../tree/locate.ts';
import { toPlain } from '../tree/to-plain.ts';
import type { DefaultValue } from './default-value.ts';
import { explainNode } from './explain-node.ts';
import type { Explained, ExplainedValue, InstanceValue, UnknownPath } from './explained-value.ts';
import type { KnownParam, KnownStages } from './known-stages.ts';
import { pipelineDefaults, pipelineKeys } from './pipeline-defaults.ts';
import { replacedValues, toReplaced } from './replaced-values.ts';
import { shownValue } from './shown-value.ts';
import { stageDefaults, subPipelineDefaults } from './stage-defaults.ts';
import { unitRead } from './value-unit.ts';
import { valuesIn } from './values-in.ts';

interface ExplainerOptions {
  /** The config as one file would say it. */
  readonly written: MapNode;
  readonly known: KnownStages;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Takes secrets out of what a params schema made of them. */
  readonly redact: (text: string) => string;
  /** Undefined when the config was refused; then defaults of stages are not known. */
  readonly pipeline?: ModelPipeline;
}

/** Tells of one path at a time how its value came about. */
export class ValueExplainer {
  readonly #options: ExplainerOptions;

  constructor(options: ExplainerOptions) {
    this.#options = options;
  }

  /** What a path leads through: all stages by their ids, or what is written where none is named. */
  #treeOf(path: readonly PathSegment[]): MapNode {
    const isWhole = path.length === 0 || (path.length === 1 && path[0] === 'stages');
    return isWhole ? this.#options.written : this.#options.known.tree;
  }

  explain(given: readonly PathSegment[]): Result<Explained, UnknownPath> {
    const tree = this.#treeOf(given);
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
    const written = node === undefined ? [] : this.writtenBelow(path);
    const set = below.filter(({ value }) => value !== undefined);
    const values = [...written, ...set.map((value) => this.#explainDefault(value))];
    return success({ kind: 'map', path: formatPath(path), values });
  }

  /** Every value that is written below a path. */
  writtenBelow(path: readonly PathSegment[]): ExplainedValue[] {
    const found: ExplainedValue[] = [];
    for (const value of valuesIn(nodeAt(this.#treeOf(path), path), path))
      found.push(this.#explainWritten(value.node, value.path));
    return found;
  }

  #explainWritten(node: ConfigNode, path: readonly PathSegment[]): ExplainedValue {
    const [section, id] = path;
    const stage = section === 'stages' && id !== undefined ? String(id) : undefined;
    const param = (name: string): KnownParam | undefined => this.#options.known.param(stage, name);
    const explained = explainNode(node, path, { env: this.#options.env, param });
    const read = this.#read(node, path);
    const unit = unitRead(toPlain(node), read);
    const instances = this.#instancesOf(path, explained);
    return {
      ...explained,
      ...(explained.over.length > 0 ? {} : { over: this.#overAbove(path) }),
      ...(read === undefined ? {} : { read }),
      ...(unit === undefined ? {} : { unit }),
      ...(instances.length === 0 ? {} : { instances }),
    };
  }

  /** What a value of a repeated stage is in its instances, where it differs between them. */
  #instancesOf(
    [section, id, ...rest]: readonly PathSegment[],
    { value }: ExplainedValue,
  ): readonly InstanceValue[] {
    if (section !== 'stages' || id === undefined) return [];
    const { tree } = this.#options.known;
    const instances = this.#options.known.instancesOf(String(id)).flatMap((instance) => {
      const path = ['stages', instance, ...rest];
      const node = nodeAt(tree, path);
      return node === undefined ? [] : [{ path: formatPath(path), value: shownValue(node) }];
    });
    return instances.every((one) => isDeepStrictEqual(one.value, value)) ? [] : instances;
  }

  /** A value of a list or map that was replaced whole replaced the one at the same place in it. */
  #overAbove(path: readonly PathSegment[]): ExplainedValue['over'] {
    for (let length = path.length - 1; length > 0; length--) {
      const above = nodeAt(this.#options.known.tree, path.slice(0, length));
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
    const stage = id === undefined ? undefined : nodeAt(this.#options.known.tree, [section, id]);
    if (stage?.kind !== 'map') return [];
    if (stage.entries.has('pipeline')) return subPipelineDefaults(String(id));
    const [instance] = this.#options.known.instancesOf(String(id));
    const bound =
      this.#bound(String(id)) ?? (instance === undefined ? instance : this.#bound(instance));
    return stageDefaults(String(id), stage, bound);
  }

  #bound(id: string): BoundStage | undefined {
    const { pipeline } = this.#options;
    return pipeline?.graph.indexById.has(id) ? pipeline.stage(id) : undefined;
  }

  #unknown(path: readonly PathSegment[]): UnknownPath {
    const { tree } = this.#options.known;
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
