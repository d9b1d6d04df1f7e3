import { types } from 'node:util';
import type { PathSegment } from '../base/diagnostic.ts';
import { isPlainObject } from '../base/tracked-object.ts';

/** One place at which two values differ. */
export type ValueDifference =
  | {
      readonly kind: 'changed';
      readonly path: readonly PathSegment[];
      readonly before: unknown;
      readonly after: unknown;
    }
  | { readonly kind: 'added'; readonly path: readonly PathSegment[]; readonly after: unknown }
  | { readonly kind: 'removed'; readonly path: readonly PathSegment[]; readonly before: unknown };

export interface ValueDifferences {
  /** The first of them, in the order of the values. */
  readonly first: readonly ValueDifference[];
  /** All that were found. 0 when the values differ in the order of keys at most. */
  readonly count: number;
  /** False when the values were too large to be compared to the end. */
  readonly isComplete: boolean;
}

/** So many parts of the two values are looked at: about a second's work. */
const MOST_PARTS = 2_000_000;

/**
 * Where two stored values differ, part by part, also within lists, typed arrays and maps whose keys are text
 * or numbers. Of two lists of different length the common beginning and end are set aside first, so that one
 * element more is one difference. The order of keys does not count.
 * @param most so many differences are given back; the others are counted
 */
export function valueDifferences(before: unknown, after: unknown, most: number): ValueDifferences {
  const comparison = new Comparison({ left: MOST_PARTS }, most);
  comparison.compare(before, after);
  return comparison.found();
}

/** Shared by a comparison and those that it makes on its way. */
interface Budget {
  left: number;
}

type List = ArrayLike<unknown>;
type Entries = ReadonlyMap<PathSegment, unknown>;

class Comparison {
  readonly #budget: Budget;
  readonly #most: number;
  readonly #stopsAtFirst: boolean;
  readonly #first: ValueDifference[] = [];
  #count = 0;
  /** The way to what is compared now; copied only where a difference is. */
  readonly #path: PathSegment[] = [];
  /** Parts may be shared and form cycles; two are compared once. */
  readonly #compared = new Map<object, Set<object>>();

  constructor(budget: Budget, most: number, stopsAtFirst = false) {
    this.#budget = budget;
    this.#most = most;
    this.#stopsAtFirst = stopsAtFirst;
  }

  found(): ValueDifferences {
    return { first: this.#first, count: this.#count, isComplete: this.#budget.left > 0 };
  }

  compare(before: unknown, after: unknown): void {
    if (Object.is(before, after) || this.#isOver() || this.#wereCompared(before, after)) return;
    this.#budget.left--;
    const lists = pairOf(before, after, asList);
    if (lists !== undefined) return this.#compareLists(...lists);
    const entries = pairOf(before, after, asEntries);
    if (entries !== undefined) return this.#compareEntries(...entries);
    if (!isSameLeaf(before, after)) this.#add({ kind: 'changed', path: [], before, after });
  }

  #compareEntries(before: Entries, after: Entries): void {
    for (const [name, value] of before) {
      if (after.has(name)) this.#within(name, () => this.compare(value, after.get(name)));
      else this.#within(name, () => this.#add({ kind: 'removed', path: [], before: value }));
    }
    for (const [name, value] of after) {
      if (!before.has(name))
        this.#within(name, () => this.#add({ kind: 'added', path: [], after: value }));
    }
  }

  #compareLists(before: List, after: List): void {
    const { start, end } = this.#commonEnds(before, after);
    const [oldEnd, newEnd] = [before.length - end, after.length - end];
    for (let at = start; at < Math.max(oldEnd, newEnd) && !this.#isOver(); at++) {
      this.#within(at, () => {
        if (at >= newEnd) this.#add({ kind: 'removed', path: [], before: before[at] });
        else if (at >= oldEnd) this.#add({ kind: 'added', path: [], after: after[at] });
        else this.compare(before[at], after[at]);
      });
    }
  }

  /** How many elements two lists of different length share at their beginning and at their end. */
  #commonEnds(before: List, after: List): { readonly start: number; readonly end: number } {
    const least = Math.min(before.length, after.length);
    let [start, end] = [0, 0];
    if (before.length === after.length) return { start, end };
    while (start < least && this.#isSame(before[start], after[start])) start++;
    const isSameAtEnd = (): boolean =>
      this.#isSame(before[before.length - 1 - end], after[after.length - 1 - end]);
    while (end < least - start && isSameAtEnd()) end++;
    return { start, end };
  }

  #isSame(before: unknown, after: unknown): boolean {
    if (Object.is(before, after)) return true;
    const comparison = new Comparison(this.#budget, 0, true);
    comparison.compare(before, after);
    return comparison.#count === 0;
  }

  #within(name: PathSegment, compare: () => void): void {
    this.#path.push(name);
    compare();
    this.#path.pop();
  }

  #add(difference: ValueDifference): void {
    if (this.#isOver()) return;
    this.#budget.left--;
    this.#count++;
    if (this.#first.length < this.#most) this.#first.push({ ...difference, path: [...this.#path] });
  }

  #isOver(): boolean {
    return this.#budget.left <= 0 || (this.#stopsAtFirst && this.#count > 0);
  }

  #wereCompared(before: unknown, after: unknown): boolean {
    if (!isObject(before) || !isObject(after)) return false;
    const others = this.#compared.get(before);
    if (others === undefined) this.#compared.set(before, new Set([after]));
    else if (others.has(after)) return true;
    else others.add(after);
    return false;
  }
}

/** Both as the same kind of container, or undefined. */
function pairOf<Container>(
  before: unknown,
  after: unknown,
  as: (value: unknown) => Container | undefined,
): [Container, Container] | undefined {
  if (!isObject(before) || !isObject(after) || !isSameClass(before, after)) return undefined;
  const [old, now] = [as(before), as(after)];
  return old === undefined || now === undefined ? undefined : [old, now];
}

/** Members of a set, and entries of a map whose keys have no names, count by their place. */
function asList(value: unknown): List | undefined {
  if (Array.isArray(value)) return value;
  if (types.isTypedArray(value)) return value;
  if (types.isSet(value)) return [...value];
  return types.isMap(value) && !hasNames(value) ? [...value] : undefined;
}

function asEntries(value: unknown): Entries | undefined {
  if (types.isMap(value)) return hasNames(value) ? value : undefined;
  return isPlainObject(value) ? new Map(Object.entries(value)) : undefined;
}

function hasNames(map: ReadonlyMap<unknown, unknown>): map is Entries {
  return [...map.keys()].every((key) => typeof key === 'string' || typeof key === 'number');
}

/** Of what has no parts that could be named. */
function isSameLeaf(before: unknown, after: unknown): boolean {
  if (types.isDate(before) && types.isDate(after))
    return Object.is(before.getTime(), after.getTime());
  const [old, now] = [bytesOf(before), bytesOf(after)];
  return old !== undefined && now !== undefined && isSameClassOf(before, after) && old.equals(now);
}

function bytesOf(value: unknown): Buffer | undefined {
  if (types.isAnyArrayBuffer(value)) return Buffer.from(value);
  if (!types.isDataView(value)) return undefined;
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

function isSameClassOf(before: unknown, after: unknown): boolean {
  return isObject(before) && isObject(after) && isSameClass(before, after);
}

function isSameClass(before: object, after: object): boolean {
  if (isPlainObject(before)) return isPlainObject(after);
  return Object.getPrototypeOf(before) === Object.getPrototypeOf(after);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
