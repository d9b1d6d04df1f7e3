import {
  asRunId,
  asStageId,
  type FoundStage,
  type StageOrigin,
  type StageRecord,
} from '@millrace/core';
import type { Row, SqlValue } from '../database.ts';
import { z } from '../zod.ts';
import { basisColumn } from './basis-column.ts';
import { STAGE_STATUSES } from './checkpoint-row.ts';
import { type AddedColumn, checksumOf } from './checksum.ts';
import { firstFault } from './columns.ts';
import { failureColumn } from './failure-column.ts';
import { itemsColumn } from './items-column.ts';
import { DAMAGED, type ReadRow } from './read-row.ts';
import { selectWrites, writesColumn } from './writes-column.ts';

/** The columns of version 1 that the checksum covers. */
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

/** The columns that versions 2 and 4 added; the checksum covers them too. */
const ADDED = ['basis', 'cache_key', 'origin_run', 'origin_attempt', 'items'] as const;

const SELECT_FIELDS = `
  SELECT ${[...CONTENT, ...ADDED].join(', ')}, commit_order, checksum,
    ${selectWrites('stage_rows.run', 'stage_rows.commit_order')} AS writes
  FROM stage_rows`;

/** Outcomes as versions 1 to 5 wrote them, and processes of these versions still do. */
export const SELECT_STAGES = `${SELECT_FIELDS} WHERE run = ? ORDER BY commit_order`;

/** A new outcome takes the place of such a row. Its attempt and its patches have rows of their own, and stay. */
export const DELETE_STAGE = 'DELETE FROM stage_rows WHERE run = ? AND stage = ?';

/**
 * The order is that of the index read backwards: nothing is sorted, and no more read than asked for. The stages of a
 * run that is being deleted may still be there.
 */
export const FIND_STAGES = `
  ${SELECT_FIELDS} WHERE cache_key = ? AND status = 'succeeded'
    AND EXISTS (SELECT 1 FROM runs WHERE runs.id = stage_rows.run)
  ORDER BY finished_at DESC, run DESC, stage DESC LIMIT ?`;

const stageRow = z.object({
  stage: z.string(),
  status: z.enum(STAGE_STATUSES),
  attempt: z.int().min(0),
  fence: z.int().min(1),
  started_at: z.int().nullable(),
  finished_at: z.int(),
  duration_ms: z.number(),
  fingerprint: z.string(),
  fallback: z.literal([0, 1]),
  failure: failureColumn,
  reason: z.string().nullable(),
  basis: basisColumn,
  cache_key: z.string().nullable(),
  origin_run: z.string().nullable(),
  origin_attempt: z.int().min(0).nullable(),
  items: itemsColumn,
  writes: writesColumn,
});

type StageRow = z.infer<typeof stageRow>;

export function readStageRow(row: Row): ReadRow<StageRecord> {
  const parsed = stageRow.safeParse(row);
  if (!parsed.success) return { ok: false, problem: firstFault(parsed.error) };
  const content = CONTENT.map((column) => row[column] as SqlValue);
  const added = ADDED.map((column): AddedColumn => [column, row[column] as SqlValue]);
  if (checksumOf(content, parsed.data.writes, added) !== row.checksum) {
    return DAMAGED;
  }
  return { ok: true, value: recordOf(parsed.data) };
}

export function readFoundRow(row: Row): ReadRow<FoundStage> {
  const read = readStageRow(row);
  if (!read.ok) return read;
  return { ok: true, value: { runId: asRunId(String(row.run)), record: read.value } };
}

function recordOf(row: StageRow): StageRecord {
  const { started_at, failure, reason, basis, cache_key, items } = row;
  const origin = originOf(row);
  return {
    stage: asStageId(row.stage),
    status: row.status,
    attempt: row.attempt,
    fence: row.fence,
    ...(started_at === null ? {} : { startedAt: started_at }),
    finishedAt: row.finished_at,
    durationMs: row.duration_ms,
    fingerprint: row.fingerprint,
    writes: row.writes,
    fallback: row.fallback === 1,
    ...(failure === null ? {} : { failure }),
    ...(reason === null ? {} : { reason }),
    ...(basis === null ? {} : { basis }),
    ...(cache_key === null ? {} : { cacheKey: cache_key }),
    ...(origin === undefined ? {} : { origin }),
    ...(items === null ? {} : { items }),
  };
}

function originOf({ origin_run, origin_attempt }: StageRow): StageOrigin | undefined {
  if (origin_run === null || origin_attempt === null) return undefined;
  return { runId: asRunId(origin_run), attempt: origin_attempt };
}
