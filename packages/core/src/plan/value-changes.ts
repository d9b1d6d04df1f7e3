import { isDeepStrictEqual } from 'node:util';
import type { PathSegment } from '../base/diagnostic.ts';
import { isPlainObject } from '../base/tracked-object.ts';

/** One place at which two values differ; undefined stands for what is not there. */
export interface ValueChange {
  readonly path: readonly PathSegment[];
  readonly before: unknown;
  readonly after: unknown;
}

/** Where two values differ, as deep as both are plain objects; lists and all else are compared whole. */
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
    if (!isDeepStrictEqual(before, after)) changes.push({ path, before, after });
    return;
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    collect(own(before, key), own(after, key), [...path, key], changes);
  }
}

function own(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
