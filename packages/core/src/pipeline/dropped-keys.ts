import type { PathSegment } from '../base/diagnostic.ts';
import { z } from '../base/zod.ts';

/** A key that a schema would drop in silence: a slip of the pen, never wanted in a config. */
export interface DroppedKey {
  readonly path: readonly PathSegment[];
  readonly key: string;
  /** What the schema knows at that place. */
  readonly known: readonly string[];
}

/** Schemas that hand the same input on to another one; a chain of lazy ones could go round for ever. */
const MOST_WRAPPERS = 50;

/**
 * The keys of `given` that objects of the schema do not know and do not refuse either. Where a schema
 * cannot tell what it knows (unions, preprocess, custom) nothing is said.
 */
export function droppedKeys(schema: z.ZodType, given: unknown): DroppedKey[] {
  const found: DroppedKey[] = [];
  collect(unwrap(schema), given, [], found);
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
    const element = unwrap(schema._zod.def.element);
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
      if (isContainer(value)) collect(unwrap(field), value, [...path, key], found);
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
  const valueSchema = unwrap(schema._zod.def.valueType);
  for (const [key, value] of Object.entries(given)) {
    if (key === '__proto__') found.push({ path, key, known: [] });
    else collect(valueSchema, value, [...path, key], found);
  }
}

/** The schema that sees the input first, under defaults, optionals and transforms. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  let inner: z.core.$ZodType = schema;
  for (let steps = 0; steps < MOST_WRAPPERS; steps++) {
    if (inner instanceof z.core.$ZodPipe) inner = inner._zod.def.in;
    else if (inner instanceof z.core.$ZodLazy) inner = inner._zod.def.getter();
    else if (
      inner instanceof z.core.$ZodOptional ||
      inner instanceof z.core.$ZodNullable ||
      inner instanceof z.core.$ZodDefault ||
      inner instanceof z.core.$ZodPrefault ||
      inner instanceof z.core.$ZodReadonly ||
      inner instanceof z.core.$ZodCatch
    )
      inner = inner._zod.def.innerType;
    else return inner;
  }
  return undefined;
}
