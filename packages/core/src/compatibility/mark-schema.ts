import type { z } from '../base/zod.ts';
import { type Literal, literals, type Shape } from './shape.ts';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What a schema takes, or what it gives. */
export type SchemaSide = 'input' | 'output';

/** Number of the shape that stands for the node, where JSON Schema has no words for it. */
export const SHAPE_MARK = 'x-shape';
/** The author lets only some of the node's values pass. */
export const NARROWED_MARK = 'x-narrowed';
/** The node's values without `undefined`. */
export const PRESENT_MARK = 'x-present';

export interface Marking {
  readonly side: SchemaSide;
  /** Found under their number by `SHAPE_MARK`. */
  readonly shapes: Shape[];
  /** The shape of a part that JSON Schema has no place for, looked up when it is compared. */
  readonly partOf: (schema: z.core.$ZodType) => Shape;
}

/** Checks that bound a type, or are told otherwise. Any other one is a pattern or a function. */
const PLAIN_CHECKS: ReadonlySet<string> = new Set([
  'less_than',
  'greater_than',
  'multiple_of',
  'number_format',
  'bigint_format',
  'max_size',
  'min_size',
  'size_equals',
  'max_length',
  'min_length',
  'length_equals',
]);

/**
 * Corrects what zod writes for one schema: JSON Schema describes data as it is declared, here it is about
 * what the parser does with a value in memory.
 */
export function markSchema(schema: z.core.$ZodTypes, json: JsonSchema, marking: Marking): void {
  // Nothing is compared with it, and it may be large, or not be JSON at all.
  delete json.default;
  if (isUntold(schema, marking.side)) return replace(json, {});
  const shape = ownShape(schema, marking);
  if (shape === undefined) correct(schema, json, marking);
  else replace(json, { [SHAPE_MARK]: marking.shapes.push(shape) - 1 });
  if (isNarrowed(schema)) json[NARROWED_MARK] = true;
}

/** Takes everything, or is not to be told: coerced and caught values, functions, an author's own JSON Schema. */
function isUntold(schema: z.core.$ZodTypes, side: SchemaSide): boolean {
  if (schema._zod.toJSONSchema !== undefined) return true;
  const { def } = schema._zod;
  switch (def.type) {
    case 'custom':
    case 'transform':
    case 'function':
    case 'promise':
    case 'symbol':
    case 'file':
      return true;
    case 'catch':
    case 'success':
      return side === 'input';
    case 'pipe':
      return side === 'input' && def.in._zod.def.type === 'transform';
    case 'string':
    case 'number':
    case 'boolean':
    case 'bigint':
    case 'date':
      return side === 'input' && def.coerce === true;
    default:
      return false;
  }
}

function ownShape(schema: z.core.$ZodTypes, { partOf }: Marking): Shape | undefined {
  const { def, values } = schema._zod;
  switch (def.type) {
    case 'bigint':
    case 'date':
      return { kind: def.type };
    case 'undefined':
    case 'void':
      return literals([undefined]);
    case 'nan':
      return literals([Number.NaN]);
    case 'enum':
    case 'literal':
      return literals([...(values ?? [])].filter(isLiteral));
    case 'map':
      return { kind: 'map', key: partOf(def.keyType), value: partOf(def.valueType) };
    case 'set':
      return { kind: 'set', item: partOf(def.valueType) };
    default:
      return undefined;
  }
}

function correct(schema: z.core.$ZodTypes, json: JsonSchema, marking: Marking): void {
  const { side } = marking;
  const { def } = schema._zod;
  switch (def.type) {
    case 'object':
      json.required = Object.entries(def.shape).flatMap(([key, field]) =>
        mayBeAbsent(field, side) ? [] : [key],
      );
      break;
    case 'tuple':
      json.minItems = def.items.findLastIndex((item) => !mayBeAbsent(item, side)) + 1;
      break;
    case 'record':
      // Keys that do not fit are left alone.
      if (def.mode === 'loose') replace(json, { type: 'object', additionalProperties: {} });
      break;
    case 'nonoptional':
      json[PRESENT_MARK] = true;
      break;
    case 'optional':
      if (mayBeAbsent(schema, side) && !schema._zod.traits.has('$ZodExactOptional'))
        addUndefined(json, marking);
      break;
    case 'default':
      if (side === 'input') addUndefined(json, marking);
      else json[PRESENT_MARK] = true;
      break;
    case 'prefault':
      if (side === 'input') addUndefined(json, marking);
  }
}

/** As the parser has it, which lets a caught or transformed key be absent where the types do not. */
function mayBeAbsent({ _zod: { optin, optout } }: z.core.$ZodType, side: SchemaSide): boolean {
  if (side === 'input') return optin !== undefined;
  return optout !== undefined && optin !== 'defaulted';
}

function addUndefined(json: JsonSchema, { shapes }: Marking): void {
  const mark = shapes.push(literals([undefined])) - 1;
  replace(json, { anyOf: [{ ...json }, { [SHAPE_MARK]: mark }] });
}

function isNarrowed({ _zod: { def, traits } }: z.core.$ZodTypes): boolean {
  // What is asked of a whole object seldom tells anything about one of its keys.
  if (def.type === 'object') return false;
  if (traits.has('$ZodStringFormat') || def.type === 'template_literal') return true;
  return def.checks?.some((check) => !PLAIN_CHECKS.has(check._zod.def.check)) ?? false;
}

function isLiteral(value: z.core.util.Primitive): value is Literal {
  return typeof value !== 'symbol';
}

function replace(json: JsonSchema, contents: JsonSchema): void {
  for (const key of Object.keys(json)) delete json[key];
  Object.assign(json, contents);
}
