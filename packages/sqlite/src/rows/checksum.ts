import { crc32 } from 'node:zlib';
import type { WriteRecord } from '@millrace/core';
import type { SqlValue } from '../database.ts';

/**
 * Guards a row, and the patches that belong to it, against flipped bytes and lost rows. Taken over
 * the columns as they are stored, so that what SQLite makes of a value is no damage.
 */
export function checksumOf(columns: readonly SqlValue[], writes: readonly WriteRecord[]): number {
  let text = columns.join('\u001f');
  for (const { key, kind, hash } of writes) text += `\u001e${key}\u001f${kind}\u001f${hash}`;
  return crc32(text);
}
