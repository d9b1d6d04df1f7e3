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
  // Without a prototype, what is not there is not found on Object.prototype.
  const bare: Record<string, unknown> = Object.assign(Object.create(null), given);
  const parsed = schema.safeParse(bare);
  return parsed.success ? success(parsed.data) : problem(toValueIssues(parsed.error, bare));
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
