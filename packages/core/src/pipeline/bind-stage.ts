import { resolve } from 'node:path';
import { MillraceError } from '../base/millrace-error.ts';
import { didYouMean } from '../base/nearest-name.ts';
import {
  DEFAULT_GRACE_MS,
  type ReadKeys,
  type StageDefinition,
  type StageOptions,
} from '../definition/pipeline-definition.ts';
import { NO_RETRY } from '../definition/retry-policy.ts';
import type { StageCondition } from '../definition/stage-condition.ts';
import { type StageClass, stageClassFault } from '../stage/stage-class.ts';
import { bindFallback } from './bind-fallback.ts';
import { bindMap } from './bind-map.ts';
import { bindParams, NO_PARAMS } from './bind-params.ts';
import { type Place, placeOfFallback, placeWithin } from './bind-place.ts';
import type { BoundParams, BoundStage } from './bound-stage.ts';
import { secretsWithin } from './hide-secrets.ts';
import { renamesOf } from './renames.ts';
import { blueprintOf, type StageBlueprint } from './stage-blueprint.ts';

/** Classes by the `uses` that names them. A missing one was reported by whoever loads them. */
export type StageClasses = ReadonlyMap<string, unknown>;

/**
 * Gives a stage definition its class and checked params. Undefined when it is not known which keys the
 * stage reads and writes. With other faults it is bound as far as the wiring needs it.
 */
export function bindStage(
  definition: StageDefinition,
  index: number,
  classes: StageClasses,
  place: Place,
): BoundStage | undefined {
  const find = (uses: string, at: Place): StageBlueprint | undefined =>
    classes.has(uses) ? toBlueprint(uses, classes.get(uses), at) : undefined;
  const blueprint = find(definition.uses, placeWithin(place, 'uses'));
  if (blueprint === undefined) return undefined;
  const params = bindParams(blueprint.spec.params, definition.with, placeWithin(place, 'with'), {
    texts: secretsWithin(definition.secrets, ''),
    redact: place.redact,
  });
  const fallback =
    definition.fallback === undefined
      ? undefined
      : bindFallback(definition, blueprint, placeOfFallback(place), find);
  if (!renamesAreKnown(definition, blueprint, place)) return undefined;
  return {
    index,
    id: definition.id,
    definition,
    blueprint,
    params: params ?? NO_PARAMS,
    options: mergeOptions(blueprint, definition),
    fallback,
    map: bindMap(definition, blueprint, place),
    when: definition.when ?? authoredCondition(blueprint),
    files: filesOf(definition, blueprint, params, place),
    reads: renamesOf(definition.reads),
    writes: renamesOf(definition.writes),
  };
}

const NO_RUN = {
  expected: 'a method run, which returns the outputs',
  help: 'give the class a method: async run({ inputs, params }) { return { ... } }',
};
const NO_RUN_ITEM = {
  expected: 'a method runItem, which returns the result of one item',
  help: 'give the class a method: async runItem(item, { inputs, params }) { return ... }',
};
const NO_STAGE = {
  expected: 'a class that extends PipelineStage',
  help: 'export default class MyStage extends PipelineStage.of({ ... }) { async run() { ... } }',
};

function adviceFor(fault: string): typeof NO_STAGE {
  if (fault.endsWith('has no run method')) return NO_RUN;
  return fault.endsWith('has no runItem method') ? NO_RUN_ITEM : NO_STAGE;
}

function toBlueprint(uses: string, found: unknown, place: Place): StageBlueprint | undefined {
  const fault = stageClassFault(found);
  if (fault !== undefined) {
    place.report({
      code: 'STAGE_NOT_A_STAGE',
      severity: 'error',
      message: `${place.owner} uses ${JSON.stringify(uses)}, which is no stage: ${fault}`,
      path: place.path,
      ...adviceFor(fault),
    });
    return undefined;
  }
  try {
    return blueprintOf(found as StageClass);
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    place.report({
      code: error.code,
      severity: 'error',
      message: `${place.owner}: ${error.message}`,
      path: place.path,
    });
    return undefined;
  }
}

function renamesAreKnown(
  definition: StageDefinition,
  blueprint: StageBlueprint,
  place: Place,
): boolean {
  const { readable, updates, outputs } = blueprint;
  if (definition.reads === undefined && definition.writes === undefined) return true;
  const gathered = updates.filter((name) => Array.isArray(definition.reads?.[name]));
  for (const name of gathered) {
    place.report({
      code: 'RENAME_UNKNOWN',
      severity: 'error',
      message: `${place.owner} updates ${JSON.stringify(name)}, which cannot be gathered from several keys`,
      path: [...place.path, 'reads', name],
      pointsAtKey: true,
      help: 'name one key, or read them as an input and write an output',
    });
  }
  const unknown = [
    ...unknownNames('reads', definition.reads, readable),
    ...unknownNames('writes', definition.writes, outputs),
  ];
  for (const { field, name, known } of unknown) {
    const help = didYouMean(name, known);
    place.report({
      code: 'RENAME_UNKNOWN',
      severity: 'error',
      message: `${place.owner} has no ${field === 'reads' ? 'input' : 'output'} ${JSON.stringify(name)} to rename`,
      path: [...place.path, field, name],
      pointsAtKey: true,
      expected: `one of ${known.join(', ') || 'none'}`,
      ...(help === undefined ? {} : { help }),
    });
  }
  return unknown.length === 0 && gathered.length === 0;
}

interface UnknownName {
  readonly field: 'reads' | 'writes';
  readonly name: string;
  readonly known: readonly string[];
}

function unknownNames(
  field: UnknownName['field'],
  renames: Readonly<Record<string, ReadKeys>> | undefined,
  known: readonly string[] | undefined,
): readonly UnknownName[] {
  if (renames === undefined || known === undefined) return NONE;
  const unknown = Object.keys(renames).filter((name) => !known.includes(name));
  return unknown.length === 0 ? NONE : unknown.map((name) => ({ field, name, known }));
}

const NONE: readonly never[] = [];

const DEFAULT_OPTIONS: StageOptions = {
  retry: NO_RETRY,
  timeoutMs: undefined,
  graceMs: DEFAULT_GRACE_MS,
  critical: true,
  cacheable: false,
  limits: NONE,
};

/** Of the classes themselves: most stages say nothing else. */
const classOptions = new WeakMap<StageBlueprint, StageOptions>();

function mergeOptions(blueprint: StageBlueprint, { options }: StageDefinition): StageOptions {
  let ofClass = classOptions.get(blueprint);
  if (ofClass === undefined) {
    ofClass = { ...DEFAULT_OPTIONS, ...blueprint.options };
    classOptions.set(blueprint, ofClass);
  }
  return Object.keys(options).length === 0 ? ofClass : { ...ofClass, ...options };
}

function authoredCondition({ spec }: StageBlueprint): StageCondition | undefined {
  return spec.when && { text: '(code of its class)', isConstant: false, holds: spec.when };
}

function filesOf(
  { files }: StageDefinition,
  blueprint: StageBlueprint,
  params: BoundParams | undefined,
  place: Place,
): readonly string[] {
  const authored = authoredFiles(blueprint, params, place);
  return files === undefined ? authored : [...files, ...authored];
}

function authoredFiles(
  { spec }: StageBlueprint,
  params: BoundParams | undefined,
  place: Place,
): readonly string[] {
  if (spec.files === undefined || params === undefined) return NONE;
  try {
    return spec.files(params.value as never).map((file) => resolve(file));
  } catch (error) {
    place.report({
      code: 'STAGE_FILES_INVALID',
      severity: 'error',
      message: `${place.owner}: \`files\` of its class threw: ${error instanceof Error ? error.message : String(error)}`,
      path: placeWithin(place, 'with').path,
    });
    return [];
  }
}
