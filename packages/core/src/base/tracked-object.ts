import { inspect } from 'node:util';

/** Tracked objects to what they stand for. */
const sources = new WeakMap<object, object>();

/** True for what can be tracked part by part; everything else counts as one value. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * A frozen stand-in for a plain object that tells which of its keys are read. It has getters of its
 * own, and is no proxy, so that it can be spread, listed, cloned and handed to a worker like the object.
 * @param read called with each key when it is first read, and gives its value
 */
export function trackedObject(
  source: Readonly<Record<string, unknown>>,
  read: (key: string) => unknown,
): Readonly<Record<string, unknown>> {
  const tracked: Record<string, unknown> = Object.create(Object.getPrototypeOf(source));
  for (const key of Object.keys(source)) {
    let value: { readonly read: unknown } | undefined;
    const get = (): unknown => {
      value ??= { read: read(key) };
      return value.read;
    };
    Object.defineProperty(tracked, key, { enumerable: true, get });
  }
  // A printed object shows values, not getters. Printing counts as reading nothing.
  Object.defineProperty(tracked, inspect.custom, { value: () => source });
  sources.set(tracked, source);
  return Object.freeze(tracked);
}

/** What a tracked object stands for; undefined for any other object. */
export function trackedSource(value: object): object | undefined {
  return sources.get(value);
}
