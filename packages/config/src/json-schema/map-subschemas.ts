import type { JsonSchema } from './json-schema.ts';

/** What a schema inside another one is for. */
export type SubschemaRole =
  /** It describes values that somebody writes. */
  | 'value'
  /** The same, inside a list. */
  | 'item'
  /** One of several descriptions of the same value. */
  | 'option'
  /** It is referred to from elsewhere. */
  | 'definition'
  /** It only tests a value, or describes a key. */
  | 'test';

type Change = (inner: JsonSchema, role: SubschemaRole) => JsonSchema;

/** By keyword: the role of the schemas that it holds. Data such as `default` and `enum` is not listed. */
const ROLES: ReadonlyMap<string, SubschemaRole> = new Map([
  ['properties', 'value'],
  ['patternProperties', 'value'],
  ['additionalProperties', 'value'],
  ['items', 'item'],
  ['additionalItems', 'item'],
  ['contains', 'test'],
  ['anyOf', 'option'],
  ['oneOf', 'option'],
  ['allOf', 'option'],
  ['then', 'option'],
  ['else', 'option'],
  ['if', 'test'],
  ['not', 'test'],
  ['propertyNames', 'test'],
  ['definitions', 'definition'],
]);

/** Keywords whose value is an object of schemas by name. */
const BY_NAME = new Set(['properties', 'patternProperties', 'definitions']);

/** The same schema with each schema that stands directly inside it changed. */
export function mapSubschemas(schema: JsonSchema, change: Change): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]: [string, unknown]) => {
      const role = ROLES.get(keyword);
      return [keyword, role === undefined ? value : mapKeyword(keyword, value, role, change)];
    }),
  );
}

function mapKeyword(keyword: string, value: unknown, role: SubschemaRole, change: Change): unknown {
  if (Array.isArray(value)) return value.map((inner) => mapOne(inner, role, change));
  if (!BY_NAME.has(keyword) || !isSchema(value)) return mapOne(value, role, change);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, mapOne(inner, role, change)]),
  );
}

/** `true` and `false` are schemas too, in which nothing stands. */
function mapOne(value: unknown, role: SubschemaRole, change: Change): unknown {
  return isSchema(value) ? change(value, role) : value;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
