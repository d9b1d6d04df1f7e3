import type { StoreUsage } from '@millrace/core';
import type { ArtifactFiles } from '../artifact-files.ts';
import type { Database } from '../database.ts';
import { isSoleUser } from './sole-user.ts';

/** From this share of free pages on it is worth to write the file anew. */
const WORTH_SHARE = 0.1;
/** Writing so much anew takes a few seconds, in which whoever comes has to wait. */
const MOST_BYTES = 2 ** 30;

/** The room that a store takes on disk. */
export function usageOf(database: Database, files: ArtifactFiles | undefined): StoreUsage {
  const { pageBytes, pages, freePages } = pagesOf(database);
  let bytes = pages * pageBytes;
  for (const hash of files?.hashes() ?? []) bytes += files?.sizeOf(hash) ?? 0;
  return { bytes, freeBytes: freePages * pageBytes };
}

/**
 * Gives free pages back to the system, which means to write the file anew: SQLite moves single pages only in files
 * that were made for it. Not while others have the file open: it would hold them up, and they will use the pages.
 */
export function compact(database: Database): void {
  const { pageBytes, pages, freePages } = pagesOf(database);
  const isWorthIt = freePages > 0 && freePages >= pages * WORTH_SHARE;
  if (!isWorthIt || (pages - freePages) * pageBytes > MOST_BYTES) return;
  if (!isSoleUser(database)) return;
  database.exec('VACUUM');
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

function pagesOf(database: Database): {
  readonly pageBytes: number;
  readonly pages: number;
  readonly freePages: number;
} {
  return {
    pageBytes: Number(database.valueOf('PRAGMA page_size')),
    pages: Number(database.valueOf('PRAGMA page_count')),
    freePages: Number(database.valueOf('PRAGMA freelist_count')),
  };
}
