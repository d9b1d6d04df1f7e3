import type { RunId, WriteRecord } from '@millrace/core';
import type { SqlValue } from '../database.ts';

export const INSERT_PATCH = `
  INSERT INTO patch_rows (run, commit_order, write_order, stage, attempt, key, kind, hash)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;

export interface PatchPlace {
  /** Of the stage's record among those of its run; 0 for the initial context. */
  readonly order: number;
  /** Of the write among those of its stage. */
  readonly place: number;
}

/** @param writer undefined for the initial context */
export function patchColumns(
  run: RunId,
  { order, place }: PatchPlace,
  write: WriteRecord,
  writer?: { readonly stage: string; readonly attempt: number },
): SqlValue[] {
  const stage = writer?.stage ?? null;
  const attempt = writer?.attempt ?? null;
  return [run, order, place, stage, attempt, write.key, write.kind, write.hash];
}
