import { asStageId, isStageClass, type StageClass, toDefinition } from '@millrace/core';
import { Interpolator } from '../interpolate/interpolator.ts';
import type { Span } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import {
  type ConfigNode,
  childOf,
  type MapEntry,
  type MapNode,
  mapNode,
  type ScalarNode,
} from '../tree/config-node.ts';
import { loadClasses, resolveAllUses } from '../uses/load-classes.ts';
import { parseUses } from '../uses/parse-uses.ts';
import { fileOf, relocateUses } from '../uses/relocate-uses.ts';
import type { UsedClass } from './file-schema.ts';
import type { UsedStage } from './used-stages.ts';

interface KnownStagesRequest {
  readonly used: readonly UsedStage[];
  /** Absolute path of the config. */
  readonly configFile: string;
  readonly registry: ReadonlyMap<string, unknown>;
  /** Files are shown relative to it. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Imports the classes behind all `uses` that lead to one; the others are reported. */
export async function knownStages(
  request: KnownStagesRequest,
  problems: Problems,
): Promise<readonly UsedClass[]> {
  const named = request.used.flatMap((stage) => {
    const node = filled(stage, request.env, problems);
    return node === undefined ? [] : [{ ...stage, node }];
  });
  const [first] = named;
  if (first === undefined) return [];
  const root = relocateUses(pipelineOf(named, first.node.span), request);
  const targets = named.map((_, index) => textAt(root, index));
  const stages = targets.map((uses, index) => ({
    id: asStageId(idOf(index)),
    uses,
    with: {},
    needs: [],
    options: {},
  }));
  const definition = toDefinition({ name: 'any' }, stages);
  const located = { ...request, definition, root };
  const resolved = await resolveAllUses(located, problems);
  const { classes } = await loadClasses(located, resolved, problems);
  return named.flatMap(({ uses, node, ids }, index) => {
    const target = targets[index] ?? '';
    if (!classes.has(target)) return [];
    const stageClass = classes.get(target);
    if (isReadable(stageClass))
      return [{ uses, stageClass, ids, isNamedHere: isNamedHere(node, request) }];
    problems.report({
      code: 'STAGE_NOT_A_STAGE',
      message: `${JSON.stringify(uses)} is no stage whose schemas can be read`,
      at: node.span,
      expected: 'a class that extends PipelineStage',
    });
    return [];
  });
}

/** Secrets are not looked up: none is part of the name of a class. */
function filled(
  { node, params }: UsedStage,
  env: KnownStagesRequest['env'],
  problems: Problems,
): ScalarNode | undefined {
  const entries = params.flatMap((section) => [...section.entries]);
  const interpolator = new Interpolator({
    params: mapNode(new Map(entries), node.span),
    env,
    secrets: new Map(),
    problems,
  });
  const value = interpolator.resolve(node);
  if (value.kind !== 'scalar' || interpolator.unfilled.has(value)) return undefined;
  return value;
}

/** The `uses` alone as a pipeline, in which each keeps its place in its file. */
function pipelineOf(named: readonly { readonly node: ScalarNode }[], span: Span): MapNode {
  const byId = named.map(({ node }, index): [string, MapEntry] => [
    idOf(index),
    entryOf(mapNode(new Map([['uses', entryOf(node)]]), node.span)),
  ]);
  return mapNode(new Map([['stages', entryOf(mapNode(new Map(byId), span))]]), span);
}

function entryOf(value: ConfigNode): MapEntry {
  return { keySpan: value.span, value };
}

function idOf(index: number): string {
  return `stage ${index}`;
}

function textAt(root: MapNode, index: number): string {
  const uses = childOf(childOf(childOf(root, 'stages'), idOf(index)), 'uses');
  return uses?.kind === 'scalar' ? String(uses.value) : '';
}

/** A path means the same class only in files of the same folder; a package and a name do so anywhere. */
function isNamedHere(
  { value, span }: ScalarNode,
  { configFile, folder }: KnownStagesRequest,
): boolean {
  const isPath = parseUses(String(value))?.kind === 'file';
  return !isPath || fileOf(span.source, { configFile, folder }) === configFile;
}

/** A stage class whose schemas are what its spec says they are; nobody has checked the spec before. */
function isReadable(found: unknown): found is StageClass {
  if (!isStageClass(found)) return false;
  const { params, inputs, outputs, updates } = found.spec;
  const objects = [inputs, outputs, updates].filter((schema) => schema !== undefined);
  return (
    (params === undefined || isSchema(params)) &&
    objects.every((schema) => isSchema(schema) && typeof Reflect.get(schema, 'shape') === 'object')
  );
}

function isSchema(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '_zod' in value;
}
