import type { Result } from '../base/result.ts';
import { problem, success } from '../base/result.ts';
import { formatPath, schemaIssues } from '../base/schema-issues.ts';
import { z } from '../base/zod.ts';
import type { ValueIssue } from '../events/index.ts';

/** The JSON Schema of a payload as text, for the record of its wait; undefined where it has none. */
export function schemaText(schema: z.ZodType): string | undefined {
  try {
    return JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  } catch {
    // A schema that JSON Schema cannot tell is checked when the signal is received.
    return undefined;
  }
}

/** What a recorded schema finds wrong with a payload; nothing where it cannot be read any more. */
export function payloadIssues(text: string, payload: unknown): readonly ValueIssue[] {
  let schema: z.ZodType;
  try {
    schema = z.fromJSONSchema(JSON.parse(text));
  } catch {
    return [];
  }
  const checked = checkPayload(schema, payload);
  return checked.ok ? [] : checked.problem;
}

/** The payload as its schema reads it. */
export function checkPayload(
  schema: z.ZodType,
  payload: unknown,
): Result<unknown, readonly ValueIssue[]> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return success(parsed.data);
  return problem(
    schemaIssues(parsed.error, payload, schema).map(({ path, message, got }) => ({
      path: formatPath(path),
      message: `${message}, got ${got}`,
    })),
  );
}
