import { isDeepStrictEqual } from 'node:util';
import { formatPath, type PathSegment } from '@millrace/core';
import type { JsonSchema } from '../json-schema.ts';

/** Checks one keyword: what is wrong with a value, in `where: why`. */
type Check = (keyword: unknown, value: unknown, here: Here) => string[];

interface Here {
  readonly schema: JsonSchema;
  readonly path: readonly PathSegment[];
  readonly root: JsonSchema;
}

/**
 * Checks values by the keywords of draft 7 that Millrace writes, as the specification tells it. An
 * unknown keyword throws: it would pass for one that is met.
 */
export function schemaFaults(root: JsonSchema, value: unknown): string[] {
  return faultsOf(root, value, { schema: root, path: [], root });
}

function faultsOf(schema: JsonSchema | boolean, value: unknown, here: Here): string[] {
  if (typeof schema === 'boolean') return schema ? [] : [say(here, 'is not allowed')];
  // As in draft 7, what stands beside a reference does not count.
  const keywords = schema.$ref === undefined ? schema : { $ref: schema.$ref };
  return Object.entries(keywords).flatMap(([name, keyword]: [string, unknown]) => {
    const check = CHECKS.get(name);
    if (check !== undefined) return check(keyword, value, { ...here, schema });
    if (ANNOTATIONS.has(name)) return [];
    throw new TypeError(`the checker knows no keyword ${name}`);
  });
}

const ANNOTATIONS = new Set(
  '$schema $comment title description default examples format definitions then else'.split(' '),
);

const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['$ref', (ref, value, here) => faultsOf(target(String(ref), here.root), value, here)],
  ['type', checkType],
  [
    'enum',
    (all, value, here) =>
      unless(
        list(all).some((one) => same(one, value)),
        here,
        'enum',
      ),
  ],
  ['const', (one, value, here) => unless(same(one, value), here, 'const')],
  ['pattern', (text, value, here) => unless(!isText(value) || fits(text, value), here, 'pattern')],
  ['minLength', (n, value, here) => unless(!isText(value) || [...value].length >= Number(n), here)],
  ['maxLength', (n, value, here) => unless(!isText(value) || [...value].length <= Number(n), here)],
  ['minimum', (n, value, here) => unless(!isNumber(value) || value >= Number(n), here, 'minimum')],
  ['maximum', (n, value, here) => unless(!isNumber(value) || value <= Number(n), here, 'maximum')],
  ['exclusiveMinimum', (n, value, here) => unless(!isNumber(value) || value > Number(n), here)],
  ['exclusiveMaximum', (n, value, here) => unless(!isNumber(value) || value < Number(n), here)],
  ['minItems', (n, value, here) => unless(!isList(value) || value.length >= Number(n), here)],
  ['maxItems', (n, value, here) => unless(!isList(value) || value.length <= Number(n), here)],
  ['items', checkItems],
  ['additionalItems', () => []],
  ['properties', checkProperties],
  ['patternProperties', checkPatternProperties],
  ['additionalProperties', checkOtherProperties],
  ['propertyNames', checkNames],
  ['required', checkRequired],
  ['allOf', (all, value, here) => list(all).flatMap((one) => faultsOf(schemaOf(one), value, here))],
  ['anyOf', checkAny],
  ['not', (one, value, here) => unless(!accepts(one, value, here), here, 'not')],
  ['if', checkConditional],
]);

function checkType(type: unknown, value: unknown, here: Here): string[] {
  const types = isList(type) ? type : [type];
  return unless(
    types.includes(typeOf(value)) || (types.includes('number') && isNumber(value)),
    here,
  );
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (isList(value)) return 'array';
  if (isNumber(value)) return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function checkItems(items: unknown, value: unknown, here: Here): string[] {
  if (!isList(value)) return [];
  const { additionalItems = true } = here.schema as { additionalItems?: JsonSchema | boolean };
  return value.flatMap((item, index) => {
    const schema = isList(items) ? (items[index] ?? additionalItems) : items;
    return faultsOf(schemaOf(schema), item, { ...here, path: [...here.path, index] });
  });
}

function checkProperties(properties: unknown, value: unknown, here: Here): string[] {
  if (!isMap(value) || !isMap(properties)) return [];
  return Object.entries(properties).flatMap(([key, schema]) =>
    Object.hasOwn(value, key) ? faultsOf(schemaOf(schema), value[key], at(key, here)) : [],
  );
}

function checkPatternProperties(patterns: unknown, value: unknown, here: Here): string[] {
  if (!isMap(value) || !isMap(patterns)) return [];
  return Object.entries(patterns).flatMap(([pattern, schema]) =>
    Object.keys(value)
      .filter((key) => fits(pattern, key))
      .flatMap((key) => faultsOf(schemaOf(schema), value[key], at(key, here))),
  );
}

function checkOtherProperties(schema: unknown, value: unknown, here: Here): string[] {
  if (!isMap(value)) return [];
  const { properties = {}, patternProperties = {} } = here.schema;
  const patterns = Object.keys(patternProperties);
  return Object.keys(value)
    .filter((key) => !Object.hasOwn(properties, key) && !patterns.some((one) => fits(one, key)))
    .flatMap((key) => faultsOf(schemaOf(schema), value[key], at(key, here)));
}

function checkNames(schema: unknown, value: unknown, here: Here): string[] {
  if (!isMap(value)) return [];
  return Object.keys(value).flatMap((key) => faultsOf(schemaOf(schema), key, at(key, here)));
}

function checkRequired(keys: unknown, value: unknown, here: Here): string[] {
  if (!isMap(value)) return [];
  const missing = list(keys).filter((key) => !Object.hasOwn(value, String(key)));
  return missing.map((key) => say(at(String(key), here), 'is missing'));
}

function checkAny(options: unknown, value: unknown, here: Here): string[] {
  const all = list(options).map((option) => faultsOf(schemaOf(option), value, here));
  return all.some((faults) => faults.length === 0) ? [] : all.flat();
}

function checkConditional(condition: unknown, value: unknown, here: Here): string[] {
  const { then: met = true, else: unmet = true } = here.schema;
  return faultsOf(accepts(condition, value, here) ? met : unmet, value, here);
}

function accepts(schema: unknown, value: unknown, here: Here): boolean {
  return faultsOf(schemaOf(schema), value, here).length === 0;
}

function target(ref: string, root: JsonSchema): JsonSchema {
  let here: unknown = root;
  for (const part of ref.split('/').slice(1)) {
    here = Reflect.get(Object(here), part.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  if (!ref.startsWith('#') || !isMap(here)) throw new TypeError(`${ref} leads nowhere`);
  return here;
}

function schemaOf(value: unknown): JsonSchema | boolean {
  if (typeof value === 'boolean') return value;
  if (!isMap(value)) throw new TypeError(`${JSON.stringify(value)} is no schema`);
  return value;
}

function unless(isMet: boolean, here: Here, what = 'is not accepted'): string[] {
  return isMet ? [] : [say(here, what)];
}

function say({ path }: Here, why: string): string {
  return `${formatPath(path)}: ${why}`;
}

function at(key: string, here: Here): Here {
  return { ...here, path: [...here.path, key] };
}

function list(value: unknown): readonly unknown[] {
  if (!isList(value) || value.length === 0) throw new TypeError('a list of a schema is empty');
  return value;
}

function fits(pattern: unknown, text: string): boolean {
  return new RegExp(String(pattern), 'u').test(text);
}

const same = (one: unknown, other: unknown): boolean => isDeepStrictEqual(one, other);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !isList(value);
