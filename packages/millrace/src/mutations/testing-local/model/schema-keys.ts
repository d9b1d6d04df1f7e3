import { z } from '@millrace/core';
import { isList, isMap } from './plain.ts';

/** A key of a value that its schema says nothing of and would drop in silence; undefined when there is none. */
export function unknownKey(schema: unknown, value: unknown): string | undefined {
  const inner = innermost(schema);
  if (inner instanceof z.ZodArray && isList(value))
    return firstOf(value, (item) => unknownKey(inner.element, item));
  if (inner instanceof z.ZodRecord && isMap(value))
    return firstOf(Object.values(value), (item) => unknownKey(inner.valueType, item));
  if (!(inner instanceof z.ZodObject) || !isMap(value)) return undefined;
  return firstOf(Object.entries(value), ([key, item]) =>
    Object.hasOwn(inner.shape, key) ? unknownKey(inner.shape[key], item) : key,
  );
}

/** The names that a schema of params knows; undefined where it takes any. */
export function namesOf(schema: unknown): readonly string[] | undefined {
  const inner = innermost(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : undefined;
}

function innermost(schema: unknown): unknown {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodNullable
  )
    return innermost(schema.unwrap());
  return schema;
}

function firstOf<Item>(
  items: Iterable<Item>,
  find: (item: Item) => string | undefined,
): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
