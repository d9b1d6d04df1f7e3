import type { PathSegment } from '../base/diagnostic.ts';
import { unwrapSchema } from '../base/schema-at.ts';
import { z } from '../base/zod.ts';

/** A key that a schema would drop in silence: a slip of the pen, never wanted in a config. */
export interface DroppedKey {
  readonly path: readonly PathSegment[];
  readonly key: string;
  /** What the schema knows at that place. */
  readonly known: readonly string[];
}

/**
 * The keys of `given` that objects of the schema do not know and do not refuse either. Where a schema
 * cannot tell what it knows (unions, preprocess, custom) nothing is said.
 */
export function droppedKeys(schema: z.ZodType, given: unknown): DroppedKey[] {
  const found: DroppedKey[] = [];
  collect(unwrapSchema(schema), given, [], found);
  return found;
}

function collect(
  schema: z.core.$ZodType | undefined,
  given: unknown,
  path: readonly PathSegment[],
  found: DroppedKey[],
): void {
  if (schema === undefined || !isContainer(given)) return;
  if (schema instanceof z.core.$ZodArray) {
    if (!Array.isArray(given)) return;
    const element = unwrapSchema(schema._zod.def.element);
    for (const [index, item] of given.entries()) collect(element, item, [...path, index], found);
  } else if (!Array.isArray(given)) {
    if (schema instanceof z.core.$ZodRecord) collectRecord(schema, given, path, found);
    if (schema instanceof z.core.$ZodObject) collectObject(schema, given, path, found);
  }
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function collectObject(
  schema: z.core.$ZodObject,
  given: object,
  path: readonly PathSegment[],
  found: DroppedKey[],
): void {
  const { shape, catchall } = schema._zod.def;
  for (const [key, value] of Object.entries(given)) {
    const field = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (field !== undefined) {
      if (isContainer(value)) collect(unwrapSchema(field), value, [...path, key], found);
    } else if (catchall === undefined) found.push({ path, key, known: Object.keys(shape) });
  }
}

/** zod keeps no key `__proto__` in a record. */
function collectRecord(
  schema: z.core.$ZodRecord,
  given: object,
  path: readonly PathSegment[],
  found: DroppedKey[],
): void {
  const valueSchema = unwrapSchema(schema._zod.def.valueType);
  for (const [key, value] of Object.entries(given)) {
    if (key === '__proto__') found.push({ path, key, known: [] });
    else collect(valueSchema, value, [...path, key], found);
  }
}
