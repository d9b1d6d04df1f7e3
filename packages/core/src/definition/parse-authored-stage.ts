import { z } from '../base/zod.ts';
import { type AuthoredStage, authoredStageSchema } from './authored-schema.ts';

type StageSchema = typeof authoredStageSchema;

/** Which fields a stage has is one of a few choices; past so many, the whole schema is used. */
const MOST_CHOICES = 256;

/** By the names of the fields. Undefined where one of them is unknown. */
const narrowSchemas = new Map<string, StageSchema | undefined>();

/**
 * Reads one stage as its author wrote it. A schema of the fields that are there goes first: zod visits every field
 * that a schema has, and most stages name five of twenty.
 */
export function parseAuthoredStage(
  fields: Readonly<Record<string, unknown>>,
): z.ZodSafeParseResult<AuthoredStage> {
  const narrow = narrowSchema(Object.keys(fields));
  const parsed = narrow?.safeParse(fields);
  // What is wrong is told by the schema that knows all fields.
  return parsed?.success ? parsed : authoredStageSchema.safeParse(fields);
}

function narrowSchema(names: readonly string[]): StageSchema | undefined {
  const choice = names.join();
  if (narrowSchemas.has(choice)) return narrowSchemas.get(choice);
  if (narrowSchemas.size >= MOST_CHOICES) return undefined;
  const { shape } = authoredStageSchema;
  const isKnown = names.every((name) => Object.hasOwn(shape, name));
  // What is required, or has a default, is always looked at.
  const fields = ['uses', 'needs', ...names].map((name) => [name, Reflect.get(shape, name)]);
  const narrow = isKnown ? toSchema(Object.fromEntries(fields)) : undefined;
  narrowSchemas.set(choice, narrow);
  return narrow;
}

function toSchema(shape: z.core.$ZodShape): StageSchema {
  return z.strictObject(shape) as unknown as StageSchema;
}
