import { describeValue } from './describe-value.ts';
import type { PathSegment } from './diagnostic.ts';
import { didYouMean } from './nearest-name.ts';
import type { z } from './zod.ts';

/** One fault that a schema found, ready for a message. */
export interface SchemaIssue {
  readonly path: readonly PathSegment[];
  readonly message: string;
  readonly got: string;
  /** The fault is the key itself: it is not known to the schema. */
  readonly unknownKey: boolean;
  readonly help: string | undefined;
}

/** Rewrites zod's issues: one per unknown key, each with what was got and, for a key, what was meant. */
export function schemaIssues(error: z.ZodError, value: unknown, schema?: z.ZodType): SchemaIssue[] {
  return error.issues.flatMap((issue): SchemaIssue[] => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `unknown key ${JSON.stringify(key)}`,
        got: describeValue(valueAt(value, [...path, key])),
        unknownKey: true,
        help: didYouMean(key, path.length === 0 ? keysOf(schema) : []),
      }));
    }
    return [
      {
        path,
        message: issue.message,
        got: describeValue(valueAt(value, path)),
        unknownKey: false,
        help: undefined,
      },
    ];
  });
}

/** `scores[3].symbol`, with quotes around keys that need them. */
export function formatPath(path: readonly PathSegment[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(part)) text += text === '' ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text;
}

function keysOf(schema: z.ZodType | undefined): string[] {
  const shape: unknown = schema === undefined ? undefined : Reflect.get(schema, 'shape');
  return typeof shape === 'object' && shape !== null ? Object.keys(shape) : [];
}

function valueAt(value: unknown, path: readonly PathSegment[]): unknown {
  let here = value;
  for (const part of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return undefined;
    here = Reflect.get(here, part);
  }
  return here;
}
