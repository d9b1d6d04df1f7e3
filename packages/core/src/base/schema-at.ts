import type { PathSegment } from './diagnostic.ts';
import { z } from './zod.ts';

/** Schemas that hand the same input on to another one; a chain of lazy ones could go round for ever. */
const MOST_WRAPPERS = 50;

/** The schema that sees the input first, under defaults, optionals and transforms. */
export function unwrapSchema(schema: z.core.$ZodType): z.core.$ZodType | undefined {
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

/** The keys of the object that a schema expects at a path; none where it cannot tell, as in a union. */
export function keysAt(schema: z.ZodType | undefined, path: readonly PathSegment[]): string[] {
  let here: z.core.$ZodType | undefined = schema && unwrapSchema(schema);
  for (const part of path) {
    const next = here && partOf(here, part);
    here = next && unwrapSchema(next);
  }
  return here instanceof z.core.$ZodObject ? Object.keys(here._zod.def.shape) : [];
}

function partOf(schema: z.core.$ZodType, part: PathSegment): z.core.$ZodType | undefined {
  if (schema instanceof z.core.$ZodArray) return schema._zod.def.element;
  if (schema instanceof z.core.$ZodRecord) return schema._zod.def.valueType;
  if (!(schema instanceof z.core.$ZodObject)) return undefined;
  const { shape } = schema._zod.def;
  return Object.hasOwn(shape, part) ? shape[part] : undefined;
}
