import { z } from '@millrace/core';

/** Past these a schema makes itself anew for ever, and cannot be said in JSON Schema either. */
const MOST_LEVELS = 200;
const MOST_SCHEMAS = 20_000;

/**
 * The objects of a params schema in which an unknown key is refused although zod would drop it in
 * silence: those that a check of the params reaches without a choice between schemas.
 */
export function closedObjects(schema: z.core.$ZodType): ReadonlySet<z.core.$ZodType> {
  const open = new Set<z.core.$ZodType>();
  const closed = new Set<z.core.$ZodType>();
  visit(schema, false, 0);
  return closed.difference(open);

  function visit(here: z.core.$ZodType, isChoice: boolean, level: number): void {
    const seen = isChoice ? open : closed;
    if (seen.has(here) || level > MOST_LEVELS || open.size + closed.size > MOST_SCHEMAS) return;
    seen.add(here);
    const isBelowChoice = isChoice || isChoiceOf(here);
    for (const inner of innerSchemas(here)) visit(inner, isBelowChoice, level + 1);
  }
}

function isChoiceOf(schema: z.core.$ZodType): boolean {
  return schema instanceof z.core.$ZodUnion || schema instanceof z.core.$ZodIntersection;
}

function innerSchemas(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.core.$ZodObject) return Object.values(schema._zod.def.shape);
  if (schema instanceof z.core.$ZodArray) return [schema._zod.def.element];
  if (schema instanceof z.core.$ZodRecord) return [schema._zod.def.valueType];
  if (schema instanceof z.core.$ZodUnion) return schema._zod.def.options;
  if (schema instanceof z.core.$ZodIntersection)
    return [schema._zod.def.left, schema._zod.def.right];
  if (schema instanceof z.core.$ZodPipe) return [schema._zod.def.in];
  if (schema instanceof z.core.$ZodLazy) return [schema._zod.def.getter()];
  const inner: unknown = Reflect.get(schema._zod.def, 'innerType');
  return inner instanceof z.core.$ZodType ? [inner] : [];
}
