import { encodeValue, sealValue } from '../base/codec/index.ts';
import type { Diagnostic, PathSegment } from '../base/diagnostic.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { didYouMean } from '../base/nearest-name.ts';
import { formatPath, schemaIssues } from '../base/schema-issues.ts';
import {
  DEFAULT_GRACE_MS,
  type StageDefinition,
  type StageOptions,
} from '../definition/pipeline-definition.ts';
import { NO_RETRY } from '../definition/retry-policy.ts';
import { type StageClass, stageClassFault } from '../stage/stage-class.ts';
import type { BoundFallback, BoundParams, BoundStage } from './bound-stage.ts';
import { blueprintOf, type StageBlueprint } from './stage-blueprint.ts';

/** Classes by the `uses` that names them. A missing one was reported by whoever loads them. */
export type StageClasses = ReadonlyMap<string, unknown>;

type Report = (diagnostic: Diagnostic) => void;

/** Gives a stage definition its class and checked params; undefined when something was reported. */
export function bindStage(
  definition: StageDefinition,
  index: number,
  classes: StageClasses,
  report: Report,
): BoundStage | undefined {
  const path = ['stages', definition.id];
  const owner = `stage ${JSON.stringify(definition.id)}`;
  const blueprint = findBlueprint(
    definition.uses,
    classes,
    { owner, path: [...path, 'uses'] },
    report,
  );
  if (blueprint === undefined) return undefined;
  const params = bindParams(blueprint, definition.with, { owner, path: [...path, 'with'] }, report);
  const fallback = bindFallback(definition, blueprint, classes, report);
  checkRenames(definition, blueprint, report);
  if (params === undefined || fallback === 'refused') return undefined;
  return {
    index,
    id: definition.id,
    definition,
    blueprint,
    params,
    options: mergeOptions(blueprint, definition),
    fallback,
    reads: toRenames(definition.reads),
    writes: toRenames(definition.writes),
  };
}

interface Place {
  readonly owner: string;
  readonly path: readonly PathSegment[];
}

function findBlueprint(
  uses: string,
  classes: StageClasses,
  place: Place,
  report: Report,
): StageBlueprint | undefined {
  if (!classes.has(uses)) return undefined;
  const found = classes.get(uses);
  const fault = stageClassFault(found);
  if (fault !== undefined) {
    report({
      code: 'STAGE_NOT_A_STAGE',
      severity: 'error',
      message: `${place.owner} uses ${JSON.stringify(uses)}, which is no stage: ${fault}`,
      path: place.path,
      expected: 'a class that extends PipelineStage',
      help: 'export default class MyStage extends PipelineStage.of({ ... }) { async run() { ... } }',
    });
    return undefined;
  }
  try {
    return blueprintOf(found as StageClass);
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    report({
      code: error.code,
      severity: 'error',
      message: `${place.owner}: ${error.message}`,
      path: place.path,
    });
    return undefined;
  }
}

const NO_PARAMS: BoundParams = { value: Object.freeze({}), hash: '' };

function bindParams(
  blueprint: StageBlueprint,
  given: unknown,
  place: Place,
  report: Report,
): BoundParams | undefined {
  const schema = blueprint.spec.params;
  const parsed = schema === undefined ? undefined : schema.safeParse(given);
  if (schema !== undefined && parsed !== undefined && !parsed.success) {
    for (const issue of schemaIssues(parsed.error, given, schema)) {
      const at = formatPath(['with', ...issue.path]);
      report({
        code: 'PARAMS_INVALID',
        severity: 'error',
        message: `${place.owner} has a wrong param ${at}: ${issue.message}`,
        path: [...place.path, ...issue.path],
        pointsAtKey: issue.unknownKey,
        got: issue.got,
        ...(issue.help === undefined ? {} : { help: issue.help }),
      });
    }
    return undefined;
  }
  const value = parsed === undefined ? given : parsed.data;
  if (isEmptyObject(value)) return NO_PARAMS;
  const unknown = parsed === undefined ? [] : strippedKeys(given, value);
  for (const key of unknown) {
    const help = didYouMean(key, Object.keys(value as object));
    report({
      code: 'PARAMS_INVALID',
      severity: 'error',
      message: `${place.owner} has an unknown param ${JSON.stringify(key)}`,
      path: [...place.path, key],
      pointsAtKey: true,
      expected: `one of ${Object.keys(value as object).join(', ') || 'none'}`,
      ...(help === undefined ? {} : { help }),
    });
  }
  return unknown.length > 0 ? undefined : sealParams(value, given);
}

/** Params that a schema turned into class instances are handed on as they are; their source is what counts. */
function sealParams(value: unknown, given: unknown): BoundParams {
  const sealed = sealValue(value, 'with');
  if (sealed.ok && !sealed.value.exotic) {
    return { value: sealed.value.value, hash: encodeValue(sealed.value).hash };
  }
  const source = sealed.ok ? sealed : sealValue(given, 'with');
  return { value, hash: source.ok ? encodeValue(source.value).hash : '' };
}

/** Keys that a non-strict schema dropped in silence: a slip of the pen, never wanted in a config. */
function strippedKeys(given: unknown, parsed: unknown): string[] {
  if (typeof given !== 'object' || given === null || typeof parsed !== 'object' || parsed === null)
    return [];
  if (Array.isArray(given)) return [];
  return Object.keys(given).filter((key) => !Object.hasOwn(parsed, key));
}

function bindFallback(
  definition: StageDefinition,
  blueprint: StageBlueprint,
  classes: StageClasses,
  report: Report,
): BoundFallback | undefined | 'refused' {
  const { fallback } = definition;
  if (fallback === undefined) return undefined;
  const path = ['stages', definition.id, 'fallback'];
  const owner = `the fallback of stage ${JSON.stringify(definition.id)}`;
  if (fallback.kind === 'stage') {
    const other = findBlueprint(fallback.uses, classes, { owner, path: [...path, 'uses'] }, report);
    if (other === undefined) return 'refused';
    const params = bindParams(other, fallback.with, { owner, path: [...path, 'with'] }, report);
    return params === undefined ? 'refused' : { kind: 'stage', blueprint: other, params };
  }
  const schema = blueprint.spec.outputs;
  if (schema === undefined) return { kind: 'value', outputs: fallback.outputs };
  const parsed = schema.strict().safeParse(fallback.outputs);
  if (parsed.success) return { kind: 'value', outputs: parsed.data };
  for (const issue of schemaIssues(parsed.error, fallback.outputs, schema)) {
    report({
      code: 'FALLBACK_INVALID',
      severity: 'error',
      message: `${owner} is not what the stage returns: ${formatPath(issue.path)}: ${issue.message}`,
      path: [...path, ...issue.path],
      pointsAtKey: issue.unknownKey,
      got: issue.got,
      ...(issue.help === undefined ? {} : { help: issue.help }),
    });
  }
  return 'refused';
}

function checkRenames(
  definition: StageDefinition,
  blueprint: StageBlueprint,
  report: Report,
): void {
  const readable = blueprint.inputs?.map((input) => input.name).concat(blueprint.updates);
  check('reads', definition.reads, readable);
  check('writes', definition.writes, blueprint.outputs);
  function check(
    field: string,
    renames: Readonly<Record<string, string>> | undefined,
    known: readonly string[] | undefined,
  ): void {
    if (renames === undefined || known === undefined) return;
    for (const name of Object.keys(renames)) {
      if (known.includes(name)) continue;
      const help = didYouMean(name, known);
      report({
        code: 'RENAME_UNKNOWN',
        severity: 'error',
        message: `stage ${JSON.stringify(definition.id)} has no ${field === 'reads' ? 'input' : 'output'} ${JSON.stringify(name)} to rename`,
        path: ['stages', definition.id, field, name],
        pointsAtKey: true,
        expected: `one of ${known.join(', ') || 'none'}`,
        ...(help === undefined ? {} : { help }),
      });
    }
  }
}

function mergeOptions(blueprint: StageBlueprint, definition: StageDefinition): StageOptions {
  return {
    retry: NO_RETRY,
    timeoutMs: undefined,
    graceMs: DEFAULT_GRACE_MS,
    critical: true,
    ...blueprint.options,
    ...definition.options,
  };
}

function isEmptyObject(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length === 0
  );
}

const NO_RENAMES: ReadonlyMap<string, string> = new Map();

function toRenames(
  renames: Readonly<Record<string, string>> | undefined,
): ReadonlyMap<string, string> {
  return renames === undefined ? NO_RENAMES : new Map(Object.entries(renames));
}
