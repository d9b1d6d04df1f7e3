import { asStageId, ITEM_STATUSES, type ItemRecord, type RunId } from '@millrace/core';
import type { Row, SqlValue } from '../database.ts';
import { z } from '../zod.ts';
import { checksumOf } from './checksum.ts';
import { firstFault, wholeMs } from './columns.ts';
import { failureColumn, failureText } from './failure-column.ts';
import { DAMAGED, type ReadRow } from './read-row.ts';

/** The columns that the checksum covers. */
const CONTENT = [
  'run',
  'stage',
  'key',
  'attempt',
  'status',
  'tries',
  'started_at',
  'duration_ms',
  'item_hash',
  'basis',
  'result',
  'failure',
] as const;

const COLUMNS = [...CONTENT, 'checksum'];

export const REPLACE_ITEM = `
  INSERT OR REPLACE INTO items (${COLUMNS.join(', ')})
  VALUES (${COLUMNS.map(() => '?').join(', ')})`;

/** The items of a deleted run may still be there, for what they refer to. */
export const SELECT_ITEMS = `
  SELECT ${COLUMNS.join(', ')} FROM items
  WHERE run = ? AND stage = ? AND EXISTS (SELECT 1 FROM runs WHERE runs.id = items.run)`;

export function itemColumns(run: RunId, record: ItemRecord): SqlValue[] {
  const columns: SqlValue[] = [
    run,
    record.stage,
    record.key,
    record.attempt,
    record.status,
    record.tries,
    wholeMs(record.startedAt),
    record.durationMs,
    record.itemHash,
    record.basis,
    record.result ?? null,
    failureText(record.failure),
  ];
  columns.push(checksumOf(columns, []));
  return columns;
}

const itemRow = z.object({
  stage: z.string(),
  key: z.string(),
  attempt: z.int().min(1),
  status: z.enum(ITEM_STATUSES),
  tries: z.int().min(0),
  started_at: z.int(),
  duration_ms: z.number(),
  item_hash: z.string(),
  basis: z.string(),
  result: z.string().nullable(),
  failure: failureColumn,
});

export function readItemRow(row: Row): ReadRow<ItemRecord> {
  const parsed = itemRow.safeParse(row);
  if (!parsed.success) return { ok: false, problem: firstFault(parsed.error) };
  const content = CONTENT.map((column) => row[column] as SqlValue);
  if (checksumOf(content, []) !== row.checksum) {
    return DAMAGED;
  }
  const { stage, started_at, duration_ms, item_hash, result, failure, ...same } = parsed.data;
  return {
    ok: true,
    value: {
      ...same,
      stage: asStageId(stage),
      startedAt: started_at,
      durationMs: duration_ms,
      itemHash: item_hash,
      ...(result === null ? {} : { result }),
      ...(failure === null ? {} : { failure }),
    },
  };
}
