import { encodeValue, sealValue } from '../base/codec/index.ts';
import type { PathSegment } from '../base/diagnostic.ts';
import { isPlainObject } from '../base/tracked-object.ts';

/** One place at which two values differ; undefined stands for what is not there. */
export interface ValueChange {
  readonly path: readonly PathSegment[];
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * Where two values differ, as deep as both are plain objects; lists and all else are compared whole. An
 * object whose keys stand in another order is one change, of the lists of its keys.
 */
export function valueChanges(before: unknown, after: unknown): readonly ValueChange[] {
  const changes: ValueChange[] = [];
  collect(before, after, [], changes);
  return changes;
}

function collect(
  before: unknown,
  after: unknown,
  path: readonly PathSegment[],
  changes: ValueChange[],
): void {
  if (!isPlainObject(before) || !isPlainObject(after)) {
    if (!isSame(before, after)) changes.push({ path, before, after });
    return;
  }
  const [old, now] = [Object.keys(before), Object.keys(after)];
  for (const key of new Set([...old, ...now])) {
    collect(own(before, key), own(after, key), [...path, key], changes);
  }
  const order = commonKeys(old, after);
  const isMoved = commonKeys(now, before).some((key, at) => key !== order[at]);
  if (isMoved) changes.push({ path, before: old, after: now });
}

function commonKeys(keys: readonly string[], other: object): readonly string[] {
  return keys.filter((key) => Object.hasOwn(other, key));
}

/** By what the store would keep of each, in which the order of keys counts at every depth. */
function isSame(before: unknown, after: unknown): boolean {
  if (Object.is(before, after)) return true;
  const [old, now] = [sealValue(before), sealValue(after)];
  return old.ok && now.ok && encodeValue(old.value).hash === encodeValue(now.value).hash;
}

function own(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
