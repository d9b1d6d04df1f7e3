import { asStageId, type RunId, type StageRecord, type StoredStageStatus } from '@millrace/core';
import type { Row, SqlValue } from '../database.ts';
import { z } from '../zod.ts';
import { checksumOf } from './checksum.ts';
import { firstFault, wholeMs, wholeMsOrNull } from './columns.ts';
import { failureColumn, failureText } from './failure-column.ts';
import type { ReadRow } from './read-row.ts';
import { selectWrites, writesColumn } from './writes-column.ts';

const STATUSES = [
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
] as const satisfies readonly StoredStageStatus[];

/** The columns that the checksum covers. */
const CONTENT = [
  'run',
  'stage',
  'status',
  'attempt',
  'fence',
  'started_at',
  'finished_at',
  'duration_ms',
  'fingerprint',
  'fallback',
  'failure',
  'reason',
] as const;

const COLUMNS = [...CONTENT, 'commit_order', 'checksum'];

export const REPLACE_STAGE = `
  INSERT OR REPLACE INTO stages (${COLUMNS.join(', ')})
  VALUES (${COLUMNS.map(() => '?').join(', ')})`;

export const SELECT_STAGES = `
  SELECT ${CONTENT.join(', ')}, checksum,
    ${selectWrites('stages.run', 'stages.commit_order')} AS writes
  FROM stages WHERE run = ? ORDER BY commit_order`;

export function stageColumns(run: RunId, commitOrder: number, record: StageRecord): SqlValue[] {
  const columns: SqlValue[] = [
    run,
    record.stage,
    record.status,
    record.attempt,
    record.fence,
    wholeMsOrNull(record.startedAt),
    wholeMs(record.finishedAt),
    record.durationMs,
    record.fingerprint,
    record.fallback ? 1 : 0,
    failureText(record.failure),
    record.reason ?? null,
  ];
  const checksum = checksumOf(columns, record.writes);
  columns.push(commitOrder, checksum);
  return columns;
}

const stageRow = z.object({
  stage: z.string(),
  status: z.enum(STATUSES),
  attempt: z.int().min(0),
  fence: z.int().min(1),
  started_at: z.int().nullable(),
  finished_at: z.int(),
  duration_ms: z.number(),
  fingerprint: z.string(),
  fallback: z.literal([0, 1]),
  failure: failureColumn,
  reason: z.string().nullable(),
  writes: writesColumn,
});

export function readStageRow(row: Row): ReadRow<StageRecord> {
  const parsed = stageRow.safeParse(row);
  if (!parsed.success) return { ok: false, problem: firstFault(parsed.error) };
  const { started_at, finished_at, duration_ms, failure, reason, writes, ...same } = parsed.data;
  const content = CONTENT.map((column) => row[column] as SqlValue);
  if (checksumOf(content, writes) !== row.checksum) {
    return { ok: false, problem: 'its checksum does not match' };
  }
  return {
    ok: true,
    value: {
      stage: asStageId(same.stage),
      status: same.status,
      attempt: same.attempt,
      fence: same.fence,
      ...(started_at === null ? {} : { startedAt: started_at }),
      finishedAt: finished_at,
      durationMs: duration_ms,
      fingerprint: same.fingerprint,
      writes,
      fallback: same.fallback === 1,
      ...(failure === null ? {} : { failure }),
      ...(reason === null ? {} : { reason }),
    },
  };
}
