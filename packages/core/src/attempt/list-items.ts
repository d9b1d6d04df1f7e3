import { types } from 'node:util';
import { encodeValue, sealValue } from '../base/codec/index.ts';
import { describeValue } from '../base/describe-value.ts';
import type { StageId } from '../base/ids.ts';
import { problem, type Result, success } from '../base/result.ts';
import type { FailureRecord, ValueIssue } from '../events/index.ts';
import type { BoundMap } from '../pipeline/index.ts';
import { invalidInputFailure, threwFailure } from './failures.ts';

/** What a stage maps over: its items with the names that tell them apart. */
export interface ListedItems {
  readonly items: readonly unknown[];
  /** In the order of the items, no two alike. */
  readonly keys: readonly string[];
}

/** So many faults are told. */
const MOST_ISSUES = 20;

/** Lists the items that an input holds; two of one name, or one without, are told by their places. */
export function listItems(
  stage: StageId,
  map: BoundMap,
  held: unknown,
): Result<ListedItems, FailureRecord> {
  try {
    const entries = entriesOf(held);
    if (entries === undefined) {
      const message = `expected an array, a Set, a Map or a plain object of items, got ${describeValue(held)}`;
      return problem(invalidInputFailure(stage, [{ path: map.over, message }]));
    }
    return nameItems(stage, map, entries);
  } catch (error) {
    return problem(threwFailure(stage, 'inputs', error));
  }
}

interface Entries {
  readonly items: readonly unknown[];
  /** Of a Map or an object, whose entries have names of their own. */
  readonly names: readonly unknown[] | undefined;
}

function entriesOf(held: unknown): Entries | undefined {
  // An optional input that nobody gave.
  if (held === undefined) return { items: [], names: undefined };
  if (held === null) return undefined;
  if (Array.isArray(held)) return { items: held, names: undefined };
  if (types.isSet(held)) return { items: [...held], names: undefined };
  if (types.isMap(held)) return { items: [...held.values()], names: [...held.keys()] };
  if (typeof held !== 'object' || types.isDate(held) || ArrayBuffer.isView(held)) return undefined;
  return { items: Object.values(held), names: Object.keys(held) };
}

function nameItems(
  stage: StageId,
  map: BoundMap,
  { items, names }: Entries,
): Result<ListedItems, FailureRecord> {
  const places = new Map<string, number>();
  const keys: string[] = [];
  const issues: ValueIssue[] = [];
  const nameOf = namer(map, names);
  for (let index = 0; index < items.length && issues.length < MOST_ISSUES; index++) {
    const name = toKey(nameOf(items[index], index));
    const path = `${map.over}[${index}]`;
    if (name === undefined) {
      issues.push({ path, message: unnamed(map, items[index]) });
      continue;
    }
    const earlier = places.get(name);
    if (earlier !== undefined) {
      const message = `has the key ${JSON.stringify(name)}, as ${map.over}[${earlier}] has`;
      issues.push({ path, message });
    }
    places.set(name, index);
    keys.push(name);
  }
  return issues.length > 0 ? problem(invalidInputFailure(stage, issues)) : success({ items, keys });
}

type NameOf = (item: unknown, index: number) => unknown;

function namer(
  { key, keyOf }: Pick<BoundMap, 'key' | 'keyOf'>,
  names: readonly unknown[] | undefined,
): NameOf {
  if (keyOf !== undefined) return (item) => keyOf(item as never);
  if (key !== undefined) {
    const path = key.split('.');
    return (item) => path.reduce(step, item);
  }
  return names === undefined ? (item) => item : (_, index) => names[index];
}

function step(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return Reflect.get(value, name);
}

function toKey(name: unknown): string | undefined {
  if (typeof name === 'string') return name.isWellFormed() ? name : undefined;
  if (typeof name === 'bigint' || typeof name === 'boolean') return String(name);
  if (typeof name === 'number') return Number.isNaN(name) ? undefined : String(name);
  return types.isDate(name) && !Number.isNaN(name.getTime()) ? name.toISOString() : undefined;
}

function unnamed({ key, keyOf }: BoundMap, item: unknown): string {
  if (keyOf !== undefined) return 'has no key: its key function gave no text and no number';
  if (key !== undefined) return `has no text or number at ${JSON.stringify(key)} to tell it by`;
  return `is ${describeValue(item)}, which does not name itself; say with map.key what tells it from others`;
}

/** Identity of an item's content, so that an item that changed under its key is done again. */
export function hashItem(item: unknown, path: string): string {
  if (typeof item === 'string')
    return `text ${item}`.length <= 64 ? `text ${item}` : digest(item, path);
  return typeof item === 'number'
    ? `number ${Object.is(item, -0) ? '-0' : item}`
    : digest(item, path);
}

/** Inputs that a schema made, such as a class instance, cannot be compared: they count as new each time. */
function digest(item: unknown, path: string): string {
  const sealed = sealValue(item, path);
  return sealed.ok ? encodeValue(sealed.value).hash : '';
}
