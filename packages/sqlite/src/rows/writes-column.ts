import type { WriteRecord } from '@millrace/core';
import { z } from '../zod.ts';
import { jsonColumn } from './columns.ts';

/** The patches of one commit as JSON, for a query whose `owner` has the columns run and commit_order. */
export function selectWrites(run: string, commitOrder: string): string {
  return `(
    SELECT json_group_array(json_array(key, kind, hash) ORDER BY write_order) FROM patch_rows
    WHERE patch_rows.run = ${run} AND patch_rows.commit_order = ${commitOrder}
  )`;
}

export const writesColumn = jsonColumn(
  z
    .array(z.tuple([z.string(), z.enum(['value', 'patch']), z.string()]))
    .transform((writes) => writes.map(([key, kind, hash]): WriteRecord => ({ key, kind, hash }))),
);
