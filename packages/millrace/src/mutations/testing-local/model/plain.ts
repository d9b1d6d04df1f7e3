export type PlainMap = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** A map, or an empty one for anything else, which is refused elsewhere. */
export function mapOf(value: unknown): PlainMap {
  return isMap(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return isList(value) ? value : [];
}

export function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter(isText);
}

/** Every text in a value, however deep. */
export function* textsIn(value: unknown): Iterable<string> {
  if (isText(value)) yield value;
  else if (isList(value)) for (const item of value) yield* textsIn(item);
  else if (isMap(value)) for (const item of Object.values(value)) yield* textsIn(item);
}

export function without(map: PlainMap, ...keys: readonly string[]): PlainMap {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}
