import { crc32 } from 'node:zlib';
import type { WriteRecord } from '@millrace/core';
import type { SqlValue } from '../database.ts';

/** A column that a later migration added, by its name. */
export type AddedColumn = readonly [name: string, value: SqlValue];

/**
 * Guards a row, and the patches that belong to it, against flipped bytes and lost rows. Taken over
 * the columns as they are stored, so that what SQLite makes of a value is no damage.
 * @param added counts by name and only where it is not NULL: a row written before the column existed
 *   was sealed without it, and has NULL there since. Test: a file of version 1 is read without loss.
 */
export function checksumOf(
  columns: readonly SqlValue[],
  writes: readonly WriteRecord[] = [],
  added: readonly AddedColumn[] = [],
): number {
  let text = columns.join('\u001f');
  for (const { key, kind, hash } of writes) text += `\u001e${key}\u001f${kind}\u001f${hash}`;
  for (const [name, value] of added) if (value !== null) text += `\u001d${name}\u001f${value}`;
  return crc32(text);
}
