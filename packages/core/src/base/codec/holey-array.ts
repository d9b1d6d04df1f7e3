const LARGEST_INDEX = 2 ** 32 - 2;

/**
 * An array may leave out this many elements. A larger claim is refused, because any loop over the
 * array would run for minutes over nothing.
 */
export const MAX_HOLES = 1_000_000;

/** The first index without an element, or the length when there is none. */
export function firstHole(array: readonly unknown[]): number {
  const { length } = array;
  for (let index = 0; index < length; index++) {
    if (array[index] === undefined && !Object.hasOwn(array, index)) return index;
  }
  return length;
}

/** Whether a key as Object.keys gives it is an array index. */
export function isIndex(key: string): boolean {
  const index = Number(key);
  return index >= 0 && index <= LARGEST_INDEX && String(Math.trunc(index)) === key;
}

/** An array of holes that takes no memory for them, whatever the length. */
export function createHoleyArray(length: number): unknown[] {
  const array: unknown[] = [];
  // A far element turns the storage into a table of the elements that exist.
  array[LARGEST_INDEX] = undefined;
  delete array[LARGEST_INDEX];
  array.length = length;
  return array;
}
