import { type Compare, type Gap, gapWithin, nearGap } from './gap.ts';
import { isKeyOf } from './is-key-of.ts';
import { type ObjectShape, type Property, resolved, type Shape } from './shape.ts';
import { valueIfPresent } from './without-undefined.ts';

/** Where a path leads to all keys that have no name of their own. */
export const ANY_KEY = '*';

export function compareObjects(
  provided: ObjectShape,
  expected: ObjectShape,
  compare: Compare,
): Gap | undefined {
  for (const key of new Set([...expected.properties.keys(), ...provided.properties.keys()])) {
    const gap = compareKey(provided, key, expected, compare);
    if (gap !== undefined) return gapWithin(key, gap);
  }
  return compareRest(provided, expected, compare);
}

/** What one of them, or both, have under a key. */
export function compareKey(
  provided: ObjectShape,
  key: string,
  expected: ObjectShape,
  compare: Compare,
): Gap | undefined {
  const given = provided.properties.get(key);
  const wanted = expected.properties.get(key);
  if (wanted === undefined) return given && compareOther(key, given, expected, compare);
  if (given === undefined) return compareUnnamed(provided, key, wanted, compare);
  if (wanted.required && !given.required) return perhapsMissing(given.shape, wanted);
  return compare(valueIfPresent(given), wanted.shape);
}

/** A key that the provider does not name, though it may be among its others. */
function compareUnnamed(
  { rest, names }: ObjectShape,
  key: string,
  wanted: Property,
  compare: Compare,
): Gap | undefined {
  const others = resolved(rest);
  if (others.kind === 'unknown') return undefined;
  if (others.kind === 'never') {
    return wanted.required ? nearGap(others, wanted.shape, () => 'is missing') : undefined;
  }
  if (wanted.required) return perhapsMissing(others, wanted);
  return isKeyOf(names, key) ? compare(others, wanted.shape) : undefined;
}

function perhapsMissing(given: Shape, { shape }: Property): Gap | undefined {
  if (resolved(shape).kind === 'unknown') return undefined;
  return nearGap(given, shape, () => 'may be missing');
}

/** A key that the consumer does not name. */
function compareOther(
  key: string,
  given: Property,
  { rest, names }: ObjectShape,
  compare: Compare,
): Gap | undefined {
  const isRefused = resolved(rest).kind === 'never' || isKeyOf(names, key) === false;
  if (!isRefused) return compare(valueIfPresent(given), rest);
  if (resolved(given.shape).kind === 'never') return undefined;
  return nearGap(given.shape, rest, () => 'is a key that is not accepted');
}

function compareRest(
  provided: ObjectShape,
  expected: ObjectShape,
  compare: Compare,
): Gap | undefined {
  const given = resolved(provided.rest);
  if (given.kind === 'never' || given.kind === 'unknown') return undefined;
  if (resolved(expected.rest).kind === 'never') {
    return nearGap(provided, expected, () => 'may have other keys, which are not accepted');
  }
  const gap = compare(given, expected.rest);
  return gap && gapWithin(ANY_KEY, gap);
}
