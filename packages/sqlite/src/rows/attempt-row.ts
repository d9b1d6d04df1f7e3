import { ATTEMPT_STATUSES, type AttemptRecord, asStageId, type RunId } from '@millrace/core';
import type { Row, SqlValue } from '../database.ts';
import { z } from '../zod.ts';
import { firstFault, wholeMs, wholeMsOrNull } from './columns.ts';
import { failureColumn, failureText } from './failure-column.ts';
import type { ReadRow } from './read-row.ts';

/** An attempt keeps the place at which it was first written. */
export const UPSERT_ATTEMPT = `
  INSERT INTO attempts
    (run, stage, attempt, start_order, fence, status, started_at, finished_at, failure)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET
    fence = excluded.fence, status = excluded.status, started_at = excluded.started_at,
    finished_at = excluded.finished_at, failure = excluded.failure`;

export const SELECT_ATTEMPTS = `
  SELECT stage, attempt, fence, status, started_at, finished_at, failure
  FROM attempts WHERE run = ? ORDER BY start_order`;

export function attemptColumns(run: RunId, order: number, record: AttemptRecord): SqlValue[] {
  return [
    run,
    record.stage,
    record.attempt,
    order,
    record.fence,
    record.status,
    wholeMs(record.startedAt),
    wholeMsOrNull(record.finishedAt),
    failureText(record.failure),
  ];
}

const attemptRow = z.object({
  stage: z.string(),
  attempt: z.int().min(0),
  fence: z.int().min(1),
  status: z.enum(ATTEMPT_STATUSES),
  started_at: z.int(),
  finished_at: z.int().nullable(),
  failure: failureColumn,
});

export function readAttemptRow(row: Row): ReadRow<AttemptRecord> {
  const parsed = attemptRow.safeParse(row);
  if (!parsed.success) return { ok: false, problem: firstFault(parsed.error) };
  const { started_at, finished_at, failure, ...same } = parsed.data;
  return {
    ok: true,
    value: {
      stage: asStageId(same.stage),
      attempt: same.attempt,
      fence: same.fence,
      status: same.status,
      startedAt: started_at,
      ...(finished_at === null ? {} : { finishedAt: finished_at }),
      ...(failure === null ? {} : { failure }),
    },
  };
}
