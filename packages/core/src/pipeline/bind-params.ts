import {
  type EncodedValue,
  encodeValue,
  type SealedValue,
  sealValue,
  viewValue,
} from '../base/codec/index.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { didYouMean } from '../base/nearest-name.ts';
import { formatPath, schemaIssues } from '../base/schema-issues.ts';
import type { z } from '../base/zod.ts';
import type { Place } from './bind-place.ts';
import type { BoundParams } from './bound-stage.ts';
import { droppedKeys } from './dropped-keys.ts';
import { type HiddenSecrets, hideSecrets, NO_SECRETS } from './hide-secrets.ts';
import { tryParse } from './try-parse.ts';

const NONE: readonly Diagnostic[] = [];

export const NO_PARAMS: BoundParams = {
  value: Object.freeze({}),
  hash: '',
  recorded: undefined,
  isRecordedAsRead: true,
};

/** Reads the params with the stage's own schema; undefined when something was reported. */
export function bindParams(
  schema: z.ZodType | undefined,
  given: unknown,
  place: Place,
  secrets: HiddenSecrets = NO_SECRETS,
): BoundParams | undefined {
  if (schema === undefined) return toParams(given, given, secrets);
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
    ? toParams(parsed.value, given, secrets)
    : undefined;
}

function wrongParams(
  error: z.ZodError,
  schema: z.ZodType,
  given: unknown,
  place: Place,
): Diagnostic[] {
  const { owner, path } = place;
  const wrong = schemaIssues(error, given, schema).map(
    (issue): Diagnostic => ({
      code: 'PARAMS_INVALID',
      severity: 'error',
      message: `${owner} has a wrong param ${formatPath(['with', ...issue.path])}: ${issue.message}`,
      path: [...path, ...issue.path],
      pointsAtKey: issue.unknownKey,
      got: issue.got,
      ...(issue.known.length === 0 ? {} : { expected: `one of ${issue.known.join(', ')}` }),
      ...(issue.help === undefined ? {} : { help: issue.help }),
    }),
  );
  return withoutMisspelt([...wrong, ...unknownParams(schema, given, place)]);
}

/** A param that is missing because its name is misspelt is one fault: the slip. */
function withoutMisspelt(problems: readonly Diagnostic[]): Diagnostic[] {
  const keyOf = (path: Diagnostic['path'], help: string | undefined): string =>
    JSON.stringify([path.slice(0, -1), help]);
  const slips = problems.filter(({ pointsAtKey }) => pointsAtKey === true);
  const meant = new Set(slips.map(({ path, help }) => keyOf(path, help)));
  return problems.filter(({ path, got }) => {
    const name = String(path.at(-1));
    return got !== 'nothing' || !meant.has(keyOf(path, didYouMean(name, [name])));
  });
}

function unknownParams(schema: z.ZodType, given: unknown, place: Place): readonly Diagnostic[] {
  const unknown = droppedKeys(schema, given);
  if (unknown.length === 0) return NONE;
  const { owner, path } = place;
  return unknown.map((dropped) => {
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
function toParams(value: unknown, given: unknown, secrets: HiddenSecrets): BoundParams {
  if (isEmptyObject(value)) return NO_PARAMS;
  const sealed = sealValue(value, 'with');
  const source = sealed.ok ? sealed : sealValue(given, 'with');
  const record = source.ok ? recordOf(source.value, given, secrets) : undefined;
  const recorded = record?.encoded;
  const hash = recorded?.hash ?? '';
  if (!sealed.ok) return { value, hash, recorded, isRecordedAsRead: false };
  const isRecordedAsRead = record?.isAsRead === true;
  if (!sealed.value.exotic) return { value: sealed.value.value, hash, recorded, isRecordedAsRead };
  // A Date or Map among them is copied for each attempt, so that no attempt sees another's changes.
  return {
    get value() {
      return viewValue(sealed.value);
    },
    hash,
    recorded,
    isRecordedAsRead,
  };
}

/** What is recorded where nobody can tell which part is a secret. */
const UNKNOWN_PARAMS: SealedValue = { value: null, kind: 'json', exotic: false, spine: undefined };

interface ParamsRecord {
  readonly encoded: EncodedValue;
  readonly isAsRead: boolean;
}

function recordOf(sealed: SealedValue, given: unknown, secrets: HiddenSecrets): ParamsRecord {
  if (secrets.texts.size === 0) {
    const encoded = encodeValue(sealed);
    if (isFree(encoded, secrets)) return { encoded, isAsRead: true };
  }
  const asRead = encodeHidden(hideSecrets(sealed.value, secrets), secrets);
  if (asRead !== undefined) return { encoded: asRead, isAsRead: true };
  // Where the schema moved a secret elsewhere nobody knows its place, so what was written is recorded.
  const asWritten = encodeHidden(hideSecrets(given, secrets), secrets);
  return { encoded: asWritten ?? encodeValue(UNKNOWN_PARAMS), isAsRead: false };
}

/** Undefined for what cannot be stored, or still has secrets in it. */
function encodeHidden(hidden: unknown, secrets: HiddenSecrets): EncodedValue | undefined {
  const sealed = hidden === undefined ? undefined : sealValue(hidden, 'with');
  if (sealed?.ok !== true) return undefined;
  const encoded = encodeValue(sealed.value);
  // Of plain data every part was gone through; the names that now stand in it are no secrets, whatever they are.
  return sealed.value.kind === 'json' || isFree(encoded, secrets) ? encoded : undefined;
}

/** Secrets may be left in a Map, or in bytes, which are not gone through part by part. */
function isFree({ body }: EncodedValue, { redact }: HiddenSecrets): boolean {
  if (redact === undefined) return true;
  const text = typeof body === 'string' ? body : Buffer.from(body).toString();
  return redact(text) === text;
}

function isEmptyObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === null || prototype === Object.prototype) && Reflect.ownKeys(value).length === 0
  );
}
