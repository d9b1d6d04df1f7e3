import { z } from '@millrace/core';
import { closedObjects } from './closed-objects.ts';
import type { JsonSchema } from './json-schema.ts';
import { requiredKeys } from './required-keys.ts';

type Written = z.core.JSONSchema.BaseSchema;
/** Changes what is written for one schema, with what else is known of it. */
export type Refinement = (zodSchema: z.core.$ZodType, json: Written) => void;

/**
 * What a zod schema says of the values that may be written for it. Where JSON Schema cannot say it
 * exactly, more is accepted: the loader still checks everything. Undefined for what is no schema.
 */
export function toJson(schema: z.ZodType, refine: Refinement = noMore): JsonSchema | undefined {
  try {
    const closed = closedObjects(schema);
    const { $schema: _, ...written } = z.toJSONSchema(schema, {
      target: 'draft-07',
      io: 'input',
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        loosen(zodSchema, jsonSchema);
        tidy(jsonSchema);
        if (zodSchema instanceof z.core.$ZodObject) {
          requireKeys(zodSchema, jsonSchema);
          if (closed.has(zodSchema)) close(zodSchema, jsonSchema);
        }
        refine(zodSchema, jsonSchema);
      },
    });
    return written as JsonSchema;
  } catch {
    // A schema of another zod, or one whose author gave two parts the same id.
    return undefined;
  }
}

function noMore(): void {}

const ANNOTATIONS = ['title', 'description', 'default', 'examples'];

/** Takes away what would refuse values that zod reads all the same. */
function loosen(zodSchema: z.core.$ZodType, json: Written): void {
  if (readsAnything(zodSchema)) {
    for (const keyword of Object.keys(json)) {
      if (!ANNOTATIONS.includes(keyword)) Reflect.deleteProperty(json, keyword);
    }
  }
  // A pattern of JSON Schema has no flags.
  if (patternsOf(zodSchema).some(({ flags }) => /[imsv]/.test(flags))) {
    delete json.pattern;
    delete json.allOf;
  }
}

/** A coercion, or a function that sees the input before its schema does. */
function readsAnything(schema: z.core.$ZodType): boolean {
  if (schema instanceof z.core.$ZodCatch) return true;
  if (schema instanceof z.core.$ZodPipe) return schema._zod.def.in instanceof z.core.$ZodTransform;
  return Reflect.get(schema._zod.def, 'coerce') === true;
}

function patternsOf(schema: z.core.$ZodType): RegExp[] {
  const own: unknown[] = [schema._zod.def, ...(schema._zod.def.checks ?? []).map(defOfCheck)];
  return own.flatMap((def) => {
    const pattern: unknown = Reflect.get(Object(def), 'pattern');
    return pattern instanceof RegExp ? [pattern] : [];
  });
}

function defOfCheck(check: z.core.$ZodCheck<never>): unknown {
  return check._zod.def;
}

/** What is no news to anybody: that keys are texts, and which whole numbers JavaScript can hold. */
function tidy(json: Written): void {
  const { propertyNames } = json;
  const isAnyText = typeof propertyNames === 'object' && Object.keys(propertyNames).length === 1;
  if (isAnyText && propertyNames.type === 'string') delete json.propertyNames;
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
  // That of a transformed text is what the stage gets, not what may be written: 60000 for `1m`.
  if (json.type === 'string' && typeof json.default !== 'string') delete json.default;
}

function requireKeys(schema: z.core.$ZodObject, json: Written): void {
  const required = requiredKeys(schema);
  if (required.length > 0) json.required = required;
  else delete json.required;
}

function close(schema: z.core.$ZodObject, json: Written): void {
  if (schema._zod.def.catchall === undefined) json.additionalProperties = false;
}
