import { describeValue } from './describe-value.ts';
import type { PathSegment } from './diagnostic.ts';
import { wordIssue } from './issue-wording.ts';
import { didYouMean } from './nearest-name.ts';
import type { z } from './zod.ts';

/** One fault that a schema found, ready for a message. */
export interface SchemaIssue {
  readonly path: readonly PathSegment[];
  /** Goes behind the path: `must be a number`. */
  readonly message: string;
  readonly got: string;
  /** The fault is the key itself: it is not known to the schema. */
  readonly unknownKey: boolean;
  readonly help: string | undefined;
}

type ZodIssue = z.core.$ZodIssue;

/**
 * Rewrites zod's issues: one per unknown key, each with what was got and, for a key, what was meant. Of a
 * union only what the likeliest alternative finds is told.
 */
export function schemaIssues(error: z.ZodError, value: unknown, schema?: z.ZodType): SchemaIssue[] {
  const knownKeys = keysOf(schema);
  return error.issues.flatMap((issue) => rewrite(issue, [], value, knownKeys));
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

function rewrite(
  issue: ZodIssue,
  above: readonly PathSegment[],
  value: unknown,
  knownKeys: readonly string[],
): SchemaIssue[] {
  const own = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  const path = [...above, ...own];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `unknown key ${JSON.stringify(key)}`,
      got: describeValue(valueAt(value, [...path, key])),
      unknownKey: true,
      help: didYouMean(key, path.length === 0 ? knownKeys : []),
    }));
  }
  if (issue.code === 'invalid_union') {
    const likeliest = likeliestAlternative(issue.errors);
    if (likeliest !== undefined) {
      return likeliest.flatMap((inner) => rewrite(inner, path, value, knownKeys));
    }
  }
  const wording = wordIssue(issue, valueAt(value, path));
  return [{ path, ...wording, unknownKey: false, help: undefined }];
}

/** The alternative that takes the value's kind, with the fewest wrong literals, then the fewest faults. */
function likeliestAlternative(
  alternatives: readonly (readonly ZodIssue[])[],
): readonly ZodIssue[] | undefined {
  const literals = (issues: readonly ZodIssue[]): number =>
    issues.filter((issue) => issue.code === 'invalid_value').length;
  return alternatives
    .filter((issues) => !issues.some(isOtherKind))
    .sort((a, b) => literals(a) - literals(b) || a.length - b.length)[0];
}

function isOtherKind(issue: ZodIssue): boolean {
  return issue.path.length === 0 && issue.code !== 'unrecognized_keys';
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
