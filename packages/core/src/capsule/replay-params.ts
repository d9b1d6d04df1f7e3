import { viewValue } from '../base/codec/index.ts';
import { setOwnProperty } from '../base/codec/own-property.ts';
import type { PathSegment } from '../base/diagnostic.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { didYouMean } from '../base/nearest-name.ts';
import { formatPath, schemaIssues } from '../base/schema-issues.ts';
import { isPlainObject } from '../base/tracked-object.ts';
import type { z } from '../base/zod.ts';
import { valueDifferences } from '../history/value-differences.ts';
import { droppedKeys } from '../pipeline/dropped-keys.ts';
import type { Capsule } from './capsule.ts';
import { sealedOf } from './capsule-cells.ts';

/** A param in place of the one that the capsule holds. */
export interface ParamChange {
  /** Within `with`. */
  readonly path: readonly PathSegment[];
  readonly value: unknown;
}

interface ParamsRequest {
  readonly stage: string;
  readonly schema: z.ZodType | undefined;
  /** As they were recorded. */
  readonly recorded: unknown;
  readonly isAsRead: boolean;
  readonly changes: readonly ParamChange[];
}

/** Params for a replay. */
export interface ReplayParams {
  readonly value: unknown;
  /** False: the stage's schema has not read them yet. */
  readonly isAsRead: boolean;
}

/** The params that a capsule holds, with the names of secrets where these stood. @throws MillraceError CAPSULE_INVALID */
export function capsuleParams(capsule: Capsule): ReplayParams {
  const { hash, isAsRead } = capsule.head.params;
  return { value: hash === '' ? {} : viewValue(sealedOf(capsule, hash)), isAsRead };
}

/**
 * The params of a replay. What was recorded as the schema had read it is not read again where that would
 * change it: a schema may turn text into something that it does not take itself.
 * @throws MillraceError PARAMS_INVALID
 */
export function replayParams(request: ParamsRequest): unknown {
  const { schema, recorded, isAsRead, changes } = request;
  const changed = changes.reduce((value, change) => withChange(value, change), recorded);
  if (schema === undefined) return changed;
  refuseUnknown(request, schema, changed);
  if (isAsRead && !isReadAlike(schema, recorded)) return changed;
  const parsed = schema.safeParse(changed);
  if (parsed.success) return parsed.data;
  const [issue] = schemaIssues(parsed.error, changed, schema);
  throw new MillraceError(
    'PARAMS_INVALID',
    `stage ${JSON.stringify(request.stage)} takes no such params: ${formatPath(['with', ...(issue?.path ?? [])])} ${issue?.message}, got ${issue?.got}`,
    { details: { stage: request.stage }, help: 'give another value with --with NAME=VALUE' },
  );
}

/** A param by a name that the schema would drop is a slip. What was recorded stays as the schema made it. */
function refuseUnknown(
  { stage, recorded }: ParamsRequest,
  schema: z.ZodType,
  changed: unknown,
): void {
  const before = new Set(droppedKeys(schema, recorded).map(({ path, key }) => nameOf(path, key)));
  for (const { path, key, known } of droppedKeys(schema, changed)) {
    const name = nameOf(path, key);
    if (before.has(name)) continue;
    throw new MillraceError(
      'PARAMS_INVALID',
      `stage ${JSON.stringify(stage)} has no param ${JSON.stringify(name)}`,
      {
        details: { stage, param: name, expected: known },
        help: didYouMean(key, known) ?? `there it has ${known.join(', ') || 'none'}`,
      },
    );
  }
}

function nameOf(path: readonly PathSegment[], key: string): string {
  return path.length === 0 ? key : formatPath([...path, key]);
}

/** Whether the schema takes its own result for what it is, but for what it adds. */
function isReadAlike(schema: z.ZodType, recorded: unknown): boolean {
  const parsed = schema.safeParse(recorded);
  if (!parsed.success) return false;
  const { first, count } = valueDifferences(recorded, parsed.data, MOST_COMPARED);
  return count === first.length && first.every(({ kind }) => kind === 'added');
}

const MOST_COMPARED = 1000;

function withChange(value: unknown, { path, value: changed }: ParamChange): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return changed;
  const inner = { path: rest, value: changed };
  if (Array.isArray(value) && typeof name === 'number') {
    const list: unknown[] = [...value];
    list[name] = withChange(list[name], inner);
    return list;
  }
  const copy: Record<string, unknown> = isPlainObject(value) ? { ...value } : {};
  const before = Object.getOwnPropertyDescriptor(copy, name)?.value;
  setOwnProperty(copy, String(name), withChange(before, inner));
  return copy;
}
