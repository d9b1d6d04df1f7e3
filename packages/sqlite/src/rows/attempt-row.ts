import { ATTEMPT_STATUSES, type AttemptRecord, asStageId, type RunId } from '@millrace/core';
import type { Row, SqlValue } from '../database.ts';
import { z } from '../zod.ts';
import { firstFault, wholeMs, wholeMsOrNull } from './columns.ts';
import { failureColumn, failureText } from './failure-column.ts';
import type { ReadRow } from './read-row.ts';

const INSERT_ATTEMPT = `
  INSERT INTO attempts
    (run, stage, attempt, start_order, fence, status, started_at, finished_at, failure)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT`;

/** An attempt keeps the place at which it was first written. */
export const UPSERT_ATTEMPT = `${INSERT_ATTEMPT} DO UPDATE SET
    fence = excluded.fence, status = excluded.status, started_at = excluded.started_at,
    finished_at = excluded.finished_at, failure = excluded.failure`;

/** For an attempt of which a checkpoint told so far: what has been said of it since stays. */
export const KEEP_ATTEMPT = `${INSERT_ATTEMPT} DO UPDATE SET
    start_order = min(start_order, excluded.start_order)`;

export const TAKE_ATTEMPT = `
  DELETE FROM attempts WHERE run = ? AND stage = ? AND attempt = ? RETURNING start_order`;

export const SELECT_ATTEMPTS = `
  SELECT stage, attempt, start_order, fence, status, started_at, finished_at, failure
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
  start_order: z.int(),
  fence: z.int().min(1),
  status: z.enum(ATTEMPT_STATUSES),
  started_at: z.int(),
  finished_at: z.int().nullable(),
  failure: failureColumn,
});

/** An attempt, and its place among those of its run by their start. */
export interface PlacedAttempt {
  readonly attempt: AttemptRecord;
  readonly startOrder: number;
}

export function readAttemptRow(row: Row): ReadRow<PlacedAttempt> {
  const parsed = attemptRow.safeParse(row);
  if (!parsed.success) return { ok: false, problem: firstFault(parsed.error) };
  const { started_at, finished_at, failure, start_order: startOrder, ...same } = parsed.data;
  const attempt: AttemptRecord = {
    stage: asStageId(same.stage),
    attempt: same.attempt,
    fence: same.fence,
    status: same.status,
    startedAt: started_at,
    ...(finished_at === null ? {} : { finishedAt: finished_at }),
    ...(failure === null ? {} : { failure }),
  };
  return { ok: true, value: { attempt, startOrder } };
}
