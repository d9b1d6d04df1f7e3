import {
  type AttemptRecord,
  asRunId,
  asStageId,
  type FoundStage,
  type StageRecord,
  type StoredStageStatus,
} from '@millrace/core';
import type { Row, SqlValue } from '../database.ts';
import { z } from '../zod.ts';
import type { PlacedAttempt } from './attempt-row.ts';
import { checkpointBody, checkpointBodyColumn, toldAttemptColumn } from './checkpoint-body.ts';
import { checksumOf } from './checksum.ts';
import { firstFault, wholeMs } from './columns.ts';
import type { ReadRow } from './read-row.ts';
import { isPlaceIn, type NumberedRun, ORDER_OF_PLACE, placeIn } from './run-place.ts';

export const STAGE_STATUSES = [
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
] as const satisfies readonly StoredStageStatus[];

/** The columns that the checksum covers, beside the run and the order in it. */
const CONTENT = ['start_order', 'stage', 'status', 'finished_at', 'cache_key', 'body'] as const;

const COLUMNS = [...CONTENT, 'checksum'];

export const INSERT_CHECKPOINT = `
  INSERT INTO checkpoints (place, ${COLUMNS.join(', ')})
  VALUES (${placeIn('?', '?')}, ${COLUMNS.map(() => '?').join(', ')})`;

const SELECT_FIELDS = `
  SELECT runs.id AS run, ${ORDER_OF_PLACE} AS commit_order,
    ${COLUMNS.map((column) => `checkpoints.${column}`).join(', ')}`;

/** Those of a deleted run may still be there, for what they refer to: its row in \`runs\` is not. */
const FROM_RUN = `FROM runs JOIN checkpoints ON ${isPlaceIn('runs.number')} WHERE runs.id = ?`;

export const SELECT_CHECKPOINTS = `${SELECT_FIELDS} ${FROM_RUN} ORDER BY place`;

export const SELECT_TOLD_ATTEMPTS = `${SELECT_FIELDS} ${FROM_RUN} AND start_order IS NOT NULL`;

const AT_PLACE = `WHERE place = ${placeIn('?', '?')}`;

export const SELECT_CHECKPOINT = `
  ${SELECT_FIELDS} FROM checkpoints JOIN runs ON runs.number = place >> 32 ${AT_PLACE}`;

export const DELETE_CHECKPOINT = `DELETE FROM checkpoints ${AT_PLACE}`;

/**
 * The order is that of the index read backwards: nothing is sorted, and no more read than asked for. A row that an
 * older process has written stands in the place of a checkpoint.
 */
export const FIND_CHECKPOINTS = `
  ${SELECT_FIELDS} FROM checkpoints JOIN runs ON runs.number = place >> 32
  WHERE cache_key = ? AND checkpoints.status = 'succeeded' AND NOT EXISTS (
    SELECT 1 FROM stage_rows WHERE run = runs.id AND stage_rows.stage = checkpoints.stage)
  ORDER BY checkpoints.finished_at DESC, place DESC LIMIT ?`;

export interface CheckpointPlace {
  readonly commitOrder: number;
  /** Undefined: it tells of no attempt. */
  readonly told: PlacedAttempt | undefined;
}

/** Whether a checkpoint of this record tells all that there is to tell of the attempt. */
export function tellsOf(record: StageRecord, attempt: AttemptRecord): boolean {
  return (
    attempt.status === 'succeeded' &&
    record.status === 'succeeded' &&
    record.attempt === attempt.attempt &&
    record.fence === attempt.fence &&
    record.startedAt === attempt.startedAt &&
    attempt.finishedAt !== undefined &&
    attempt.failure === undefined
  );
}

export function checkpointColumns(
  { id, number }: NumberedRun,
  record: StageRecord,
  { commitOrder, told }: CheckpointPlace,
): SqlValue[] {
  const columns: SqlValue[] = [
    id,
    commitOrder,
    told?.startOrder ?? null,
    record.stage,
    record.status,
    wholeMs(record.finishedAt),
    record.cacheKey ?? null,
    checkpointBody(record, told?.attempt),
  ];
  columns.push(checksumOf(columns));
  // The row names its run by the number; the checksum covers the id, which is that of one run only.
  columns[0] = number;
  return columns;
}

const commonColumns = {
  start_order: z.int().nullable(),
  stage: z.string().transform(asStageId),
  status: z.enum(STAGE_STATUSES),
  finished_at: z.int(),
  cache_key: z.string().nullable(),
};

const checkpointRow = z.object({ ...commonColumns, body: checkpointBodyColumn });

export function readCheckpointRow(row: Row): ReadRow<StageRecord> {
  const read = readSound(row, checkpointRow);
  return read.ok ? { ok: true, value: recordOf(read.value) } : read;
}

export function readFoundCheckpoint(row: Row): ReadRow<FoundStage> {
  const read = readCheckpointRow(row);
  if (!read.ok) return read;
  return { ok: true, value: { runId: asRunId(String(row.run)), record: read.value } };
}

const toldRow = z.object({ ...commonColumns, start_order: z.int(), body: toldAttemptColumn });

export function readToldAttempt(row: Row): ReadRow<PlacedAttempt> {
  const read = readSound(row, toldRow);
  if (!read.ok) return read;
  const { stage, finished_at, start_order: startOrder, body } = read.value;
  const attempt: AttemptRecord = {
    stage,
    attempt: body.attempt,
    fence: body.fence,
    status: 'succeeded',
    startedAt: finished_at - body.tookMs,
    finishedAt: finished_at + body.endedAfterMs,
  };
  return { ok: true, value: { attempt, startOrder } };
}

/** The checksum is looked at first: what it vouches for is as it was written. */
function readSound<Shape extends z.ZodType>(row: Row, shape: Shape): ReadRow<z.infer<Shape>> {
  const content = ['run', 'commit_order', ...CONTENT].map((column) => row[column] as SqlValue);
  if (checksumOf(content) !== row.checksum) {
    return { ok: false, problem: 'its checksum does not match' };
  }
  const parsed = shape.safeParse(row);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, problem: firstFault(parsed.error) };
}

function recordOf({
  stage,
  status,
  finished_at: finishedAt,
  cache_key,
  body,
}: z.infer<typeof checkpointRow>): StageRecord {
  const { attempt, fence, tookMs, durationMs, fingerprint, writes, basis, rest = {} } = body;
  const { fallback = false, failure, reason, origin, items } = rest;
  return {
    stage,
    status,
    attempt,
    fence,
    ...(tookMs === null ? {} : { startedAt: finishedAt - tookMs }),
    finishedAt,
    durationMs,
    fingerprint,
    writes,
    fallback,
    ...(failure === undefined ? {} : { failure }),
    ...(reason === undefined ? {} : { reason }),
    ...(basis === null ? {} : { basis }),
    ...(cache_key === null ? {} : { cacheKey: cache_key }),
    ...(origin === undefined ? {} : { origin }),
    ...(items === undefined ? {} : { items }),
  };
}
