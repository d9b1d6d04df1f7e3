import type { PathSegment } from '../base/diagnostic.ts';
import { problem, type Result, success } from '../base/result.ts';
import { formatPath, schemaIssues } from '../base/schema-issues.ts';
import type { z } from '../base/zod.ts';
import type { ValueIssue } from '../events/index.ts';

type Keyed = Readonly<Record<string, unknown>>;

/**
 * Runs a schema over an object whose keys come from users, where `toString` is a key like
 * any other.
 * @throws whatever a refinement throws
 */
export function parseKeys(
  schema: z.ZodObject,
  given: Keyed,
): Result<Record<string, unknown>, ValueIssue[]> {
  const read = hasInheritedName(schema) ? withoutPrototype(given) : given;
  const parsed = schema.safeParse(read);
  return parsed.success ? success(parsed.data) : problem(toValueIssues(parsed.error, read));
}

/** What is not there is then not found on Object.prototype. */
function withoutPrototype(given: Keyed): Keyed {
  return Object.assign(Object.create(null), given);
}

const inheritedNames = new WeakMap<z.ZodObject, boolean>();

/** Whether it has a key that every object has by its prototype. */
function hasInheritedName(schema: z.ZodObject): boolean {
  const known = inheritedNames.get(schema);
  if (known !== undefined) return known;
  const has = Object.keys(schema.shape).some((key) => key in Object.prototype);
  inheritedNames.set(schema, has);
  return has;
}

/** Runs the schema of one key over its value. */
export function parseKey(
  schema: z.ZodObject,
  key: string,
  value: unknown,
): Result<unknown, ValueIssue[]> {
  const field: unknown = Object.getOwnPropertyDescriptor(schema.shape, key)?.value;
  if (field === undefined) return success(value);
  const parsed = (field as z.ZodType).safeParse(value);
  return parsed.success ? success(parsed.data) : problem(toValueIssues(parsed.error, value, [key]));
}

function toValueIssues(
  error: z.ZodError,
  value: unknown,
  prefix: readonly PathSegment[] = [],
): ValueIssue[] {
  return schemaIssues(error, value).map((issue) => ({
    path: formatPath([...prefix, ...issue.path]),
    message: `${issue.message}, got ${issue.got}`,
  }));
}
