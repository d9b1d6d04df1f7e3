import { types } from 'node:util';

/** A promise, or what promises are awaited like; a stage may give one back, and mostly does not. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  if (types.isPromise(value)) return true;
  try {
    return typeof Reflect.get(value, 'then') === 'function';
  } catch {
    return false;
  }
}
