import type { z } from '@millrace/core';

interface Definition {
  readonly type: string;
  readonly coerce?: boolean;
  readonly checks?: readonly { readonly _zod: { readonly def: { readonly check: string } } }[];
  readonly element?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly options?: readonly z.ZodType[];
  readonly items?: readonly z.ZodType[];
  readonly rest?: z.ZodType | null;
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
}

/** What gives back what it takes, as it is. */
const PLAIN = new Set([
  'any',
  'unknown',
  'custom',
  'string',
  'number',
  'bigint',
  'boolean',
  'date',
  'null',
  'undefined',
  'literal',
  'enum',
  'nan',
  'symbol',
]);
const HOLDING = new Set([
  'array',
  'object',
  'optional',
  'nullable',
  'union',
  'tuple',
  'record',
  'map',
  'set',
  'readonly',
]);

/**
 * Whether a schema may give another value than it takes: a default, a transform, a coercion. That an object schema
 * takes off unknown keys does not count. Of a schema that is not known here it is said.
 */
export function changesValues(schema: z.ZodType): boolean {
  const definition = schema._zod.def as unknown as Definition;
  if (definition.coerce === true) return true;
  if (definition.checks?.some(({ _zod }) => _zod.def.check === 'overwrite') === true) return true;
  if (PLAIN.has(definition.type)) return false;
  if (!HOLDING.has(definition.type)) return true;
  return heldBy(definition).some(changesValues);
}

function heldBy(definition: Definition): z.ZodType[] {
  const { element, innerType, shape = {}, options = [], items = [] } = definition;
  const { rest, keyType, valueType } = definition;
  const held = [element, innerType, rest, keyType, valueType, ...options, ...items];
  return [...held, ...Object.values(shape)].filter((each) => each !== undefined && each !== null);
}
