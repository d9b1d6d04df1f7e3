import { describeValue } from './describe-value.ts';
import type { PathSegment } from './diagnostic.ts';
import { wordIssue } from './issue-wording.ts';
import { didYouMean } from './nearest-name.ts';
import { keysAt } from './schema-at.ts';
import type { z } from './zod.ts';

/** One fault that a schema found, ready for a message. */
export interface SchemaIssue {
  readonly path: readonly PathSegment[];
  /** Goes behind the path: `must be a number`. */
  readonly message: string;
  readonly got: string;
  /** The fault is the key itself: it is not known to the schema. */
  readonly unknownKey: boolean;
  /** Of an unknown key: those that the schema knows in its place, as far as it can tell. */
  readonly known: readonly string[];
  readonly help: string | undefined;
}

type ZodIssue = z.core.$ZodIssue;

const NONE: readonly string[] = [];

/**
 * Rewrites zod's issues: one per unknown key, each with what was got and, for a key, what was meant. Of a
 * union only what the likeliest alternative finds is told.
 */
export function schemaIssues(error: z.ZodError, value: unknown, schema?: z.ZodType): SchemaIssue[] {
  return error.issues.flatMap((issue) => rewrite(issue, [], value, schema));
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
  schema: z.ZodType | undefined,
): SchemaIssue[] {
  const own = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  const path = [...above, ...own];
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `unknown key ${JSON.stringify(key)}`,
      got: describeValue(valueAt(value, [...path, key])),
      unknownKey: true,
      known,
      help: didYouMean(key, known),
    }));
  }
  if (issue.code === 'invalid_union') {
    const likeliest = likeliestAlternative(issue.errors);
    if (likeliest !== undefined) {
      return likeliest.flatMap((inner) => rewrite(inner, path, value, schema));
    }
  }
  const wording = wordIssue(issue, valueAt(value, path));
  return [{ path, ...wording, unknownKey: false, known: NONE, help: undefined }];
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

function valueAt(value: unknown, path: readonly PathSegment[]): unknown {
  let here = value;
  for (const part of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return undefined;
    here = Reflect.get(here, part);
  }
  return here;
}
