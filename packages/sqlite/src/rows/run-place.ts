import type { RunId } from '@millrace/core';

/** A run with its number in this file, by which the tables with most rows name it. */
export interface NumberedRun {
  readonly id: RunId;
  readonly number: number;
}

/**
 * The key `place` is the number of a run, and in its lower 32 bits an order within the run. Rows of a run lie together
 * so, and new ones come behind the others: SQLite writes such a table in half the time, and needs no index for it.
 */
export function placeIn(number: string, order: string): string {
  // A sum would not be whole: the driver binds each number as a real one.
  return `((${number} << 32) | ${order})`;
}

/** The order in a place. */
export const ORDER_OF_PLACE = 'place & 0xffffffff';

/**
 * @param number of the run whose rows are meant
 * @param after the order behind which they are; each order is at least 1
 */
export function isPlaceIn(number: string, after = '0'): string {
  return `place > ${placeIn(number, after)} AND place <= ${placeIn(number, '0xffffffff')}`;
}
