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
import {
  checkpointBody,
  checkpointBodyColumn,
  commonCheckpointBody,
  toldAttempt,
} from './checkpoint-body.ts';
import { checksumOf } from './checksum.ts';
import { firstFault, wholeMs } from './columns.ts';
import { DAMAGED, type ReadRow } from './read-row.ts';
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

const checkpointRow = z.object({
  start_order: z.int().nullable(),
  stage: z.string().transform(asStageId),
  status: z.enum(STAGE_STATUSES),
  finished_at: z.int(),
  cache_key: z.string().nullable(),
  body: checkpointBodyColumn,
});

type CheckpointRow = Omit<z.infer<typeof checkpointRow>, 'start_order'>;

export function readCheckpointRow(row: Row): ReadRow<StageRecord> {
  if (!isSound(row)) return DAMAGED;
  const common = commonRow(row);
  if (common !== undefined) return { ok: true, value: recordOf(common) };
  const read = checkpointRow.safeParse(row);
  if (read.success) return { ok: true, value: recordOf(read.data) };
  return { ok: false, problem: firstFault(read.error) };
}

const STATUSES: ReadonlySet<unknown> = new Set(STAGE_STATUSES);

function isStatus(value: unknown): value is StoredStageStatus {
  return STATUSES.has(value);
}

/** A row whose body can be read by hand. */
function commonRow({
  stage,
  status,
  finished_at,
  cache_key,
  body,
}: Row): CheckpointRow | undefined {
  if (typeof stage !== 'string' || !isStatus(status) || typeof finished_at !== 'number') return;
  if ((cache_key !== null && typeof cache_key !== 'string') || typeof body !== 'string') return;
  const parts = commonCheckpointBody(body);
  if (parts === undefined) return undefined;
  return { stage: asStageId(stage), status, finished_at, cache_key, body: parts };
}

export function readFoundCheckpoint(row: Row): ReadRow<FoundStage> {
  const read = readCheckpointRow(row);
  if (!read.ok) return read;
  return { ok: true, value: { runId: asRunId(String(row.run)), record: read.value } };
}

export function readToldAttempt(row: Row): ReadRow<PlacedAttempt> {
  if (!isSound(row)) return DAMAGED;
  const { stage, finished_at, start_order: startOrder, body } = row;
  const told = typeof body === 'string' ? toldAttempt(body) : undefined;
  if (told === undefined || typeof startOrder !== 'number') {
    return { ok: false, problem: 'body: tells of no attempt' };
  }
  const finishedAt = Number(finished_at);
  const attempt: AttemptRecord = {
    stage: asStageId(String(stage)),
    attempt: told.attempt,
    fence: told.fence,
    status: 'succeeded',
    startedAt: finishedAt - told.tookMs,
    finishedAt: finishedAt + told.endedAfterMs,
  };
  return { ok: true, value: { attempt, startOrder } };
}

/** The checksum is looked at first: what it vouches for is as it was written. */
function isSound(row: Row): boolean {
  const { run, commit_order, start_order, stage, status, finished_at, cache_key, body } = row;
  const content = [run, commit_order, start_order, stage, status, finished_at, cache_key, body];
  return checksumOf(content as readonly SqlValue[]) === row.checksum;
}

function recordOf({
  stage,
  status,
  finished_at: finishedAt,
  cache_key,
  body,
}: CheckpointRow): StageRecord {
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
