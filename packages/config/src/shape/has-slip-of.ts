import { nearestName } from '@millrace/core';
import { keyOfOtherName } from './other-names.ts';

/** A map with more keys, or a longer key, is no map of fields. */
const MAX_KEYS = 100;
const LONGEST_KEY = 100;

/** Whether one of the keys is unknown and most likely meant one of the missing fields. */
export function hasSlipOf(
  missing: readonly string[],
  keys: Iterable<string>,
  known: readonly string[],
): boolean {
  return Iterator.from(keys)
    .take(MAX_KEYS)
    .some((key) => {
      const near =
        known.includes(key) || key.length > LONGEST_KEY
          ? undefined
          : (nearestName(key, known) ?? keyOfOtherName(key, known));
      return near !== undefined && missing.includes(near);
    });
}
