import { encodeValue, type SealedValue, sealValue, viewValue } from '../base/codec/index.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { didYouMean } from '../base/nearest-name.ts';
import { formatPath, schemaIssues } from '../base/schema-issues.ts';
import type { z } from '../base/zod.ts';
import type { Place } from './bind-place.ts';
import type { BoundParams } from './bound-stage.ts';
import { droppedKeys } from './dropped-keys.ts';
import { tryParse } from './try-parse.ts';

export const NO_PARAMS: BoundParams = { value: Object.freeze({}), hash: '' };

/** Reads the params with the stage's own schema; undefined when something was reported. */
export function bindParams(
  schema: z.ZodType | undefined,
  given: unknown,
  place: Place,
): BoundParams | undefined {
  if (schema === undefined) return toParams(given, given);
  const parsed = tryParse(schema, given);
  const problems =
    parsed.kind === 'parsed'
      ? unknownParams(schema, given, place)
      : parsed.kind === 'refused'
        ? wrongParams(parsed.error, schema, given, place)
        : [
            {
              code: 'PARAMS_INVALID',
              severity: 'error' as const,
              message: `the params schema of ${place.owner} threw: ${parsed.message}`,
              path: place.path,
            },
          ];
  for (const problem of problems) place.report(problem);
  return parsed.kind === 'parsed' && problems.length === 0
    ? toParams(parsed.value, given)
    : undefined;
}

function wrongParams(
  error: z.ZodError,
  schema: z.ZodType,
  given: unknown,
  { owner, path }: Place,
): Diagnostic[] {
  return schemaIssues(error, given, schema).map((issue) => ({
    code: 'PARAMS_INVALID',
    severity: 'error',
    message: `${owner} has a wrong param ${formatPath(['with', ...issue.path])}: ${issue.message}`,
    path: [...path, ...issue.path],
    pointsAtKey: issue.unknownKey,
    got: issue.got,
    ...(issue.help === undefined ? {} : { help: issue.help }),
  }));
}

function unknownParams(schema: z.ZodType, given: unknown, { owner, path }: Place): Diagnostic[] {
  return droppedKeys(schema, given).map((dropped) => {
    const help = didYouMean(dropped.key, dropped.known);
    const name =
      dropped.path.length === 0 ? dropped.key : formatPath([...dropped.path, dropped.key]);
    return {
      code: 'PARAMS_INVALID',
      severity: 'error',
      message: `${owner} has an unknown param ${JSON.stringify(name)}`,
      path: [...path, ...dropped.path, dropped.key],
      pointsAtKey: true,
      expected: dropped.known.length === 0 ? 'no such key' : `one of ${dropped.known.join(', ')}`,
      ...(help === undefined ? {} : { help }),
    };
  });
}

/** Params that a schema turned into class instances are handed on as they are; their source is what counts. */
function toParams(value: unknown, given: unknown): BoundParams {
  if (isEmptyObject(value)) return NO_PARAMS;
  const sealed = sealValue(value, 'with');
  if (sealed.ok) return sealedParams(sealed.value);
  const source = sealValue(given, 'with');
  return { value, hash: source.ok ? encodeValue(source.value).hash : '' };
}

/** A Date or Map among them is copied for each attempt, so that no attempt sees another's changes. */
function sealedParams(sealed: SealedValue): BoundParams {
  const { hash } = encodeValue(sealed);
  if (!sealed.exotic) return { value: sealed.value, hash };
  return {
    get value() {
      return viewValue(sealed);
    },
    hash,
  };
}

function isEmptyObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === null || prototype === Object.prototype) && Reflect.ownKeys(value).length === 0
  );
}
