import {
  asRunId,
  type NewRun,
  type Owner,
  RUN_STATUSES,
  type RunRecord,
  type WriteRecord,
} from '@millrace/core';
import type { Row, SqlValue } from '../database.ts';
import { z } from '../zod.ts';
import { checksumOf } from './checksum.ts';
import { firstFault, jsonColumn, wholeMs } from './columns.ts';
import { DAMAGED, type ReadRow } from './read-row.ts';
import { selectWrites, writesColumn } from './writes-column.ts';

/** The columns that never change; the checksum covers them and the initial context. */
const CONTENT = ['id', 'pipeline', 'source', 'created_at'] as const;

/** In the order of {@link ownerColumns}. */
export const OWNER_COLUMNS = [
  'owner_host',
  'owner_pid',
  'owner_process_start',
  'owner_lease_ms',
] as const;

/** Its number is one of which no deleted run has left anything. */
export const INSERT_RUN = `
  INSERT INTO runs (
    number, id, pipeline, source, created_at, checksum, status, fence, ${OWNER_COLUMNS.join(', ')}
  ) VALUES (
    1 + max(
      coalesce((SELECT max(number) FROM runs), 0),
      coalesce((SELECT max(place) >> 32 FROM checkpoints), 0),
      coalesce((SELECT max(place) >> 32 FROM event_groups), 0)),
    ?, ?, ?, ?, ?, 'running', 1, ${OWNER_COLUMNS.map(() => '?').join(', ')})`;

export const SELECT_RUN_FIELDS = `
  SELECT id, pipeline, source, created_at, checksum, status, finished_at, duration_ms, fence,
    ${OWNER_COLUMNS.join(', ')}, beat, last_seq, session_start_seq, ${selectWrites('runs.id', '0')} AS writes
  FROM runs`;

export const SELECT_RUN_CONTENT = `SELECT ${CONTENT.join(', ')} FROM runs WHERE id = ?`;

/** Of a row with the columns of {@link SELECT_RUN_CONTENT}. */
export function runChecksum(row: Row, context: readonly WriteRecord[]): number {
  return checksumOf(
    CONTENT.map((column) => row[column] as SqlValue),
    context,
  );
}

export function newRunColumns(run: NewRun, owner: Owner): SqlValue[] {
  const content = [run.id, run.pipeline, JSON.stringify(run.source), wholeMs(run.createdAt)];
  return [...content, checksumOf(content, run.context), ...ownerColumns(owner)];
}

export function ownerColumns(owner: Owner): SqlValue[] {
  return [owner.host, owner.pid, owner.processStart, owner.leaseMs ?? null];
}

const sourceShape = z.object({
  file: z.string().optional(),
  cwd: z.string().optional(),
  overrides: z.custom<object>((value) => typeof value === 'object' && value !== null).optional(),
});

/** Handed on as it is: zod would drop a key `__proto__` from the overrides. */
const sourceColumn = jsonColumn(
  z.custom<RunRecord['source']>((value) => sourceShape.safeParse(value).success, 'is no source'),
);

const ownerRow = z.object({
  owner_host: z.string().nullable(),
  owner_pid: z.int().nullable(),
  owner_process_start: z.string().nullable(),
  owner_lease_ms: z.int().nullable(),
});

const runRow = ownerRow.extend({
  id: z.string(),
  pipeline: z.string(),
  source: sourceColumn,
  created_at: z.int(),
  status: z.enum(RUN_STATUSES),
  finished_at: z.int().nullable(),
  duration_ms: z.number().nullable(),
  fence: z.int().min(1),
  beat: z.int(),
  last_seq: z.int().min(0),
  session_start_seq: z.int().min(0),
  writes: writesColumn,
});

export function readRunRow(row: Row): ReadRow<RunRecord> {
  const parsed = runRow.safeParse(row);
  if (!parsed.success) return { ok: false, problem: firstFault(parsed.error) };
  const { id, pipeline, source, status, fence, ...other } = parsed.data;
  if (runChecksum(row, other.writes) !== row.checksum) {
    return DAMAGED;
  }
  const owner = ownerOf(other);
  return {
    ok: true,
    value: {
      id: asRunId(id),
      pipeline,
      source,
      status,
      context: other.writes,
      createdAt: other.created_at,
      ...(other.finished_at === null ? {} : { finishedAt: other.finished_at }),
      ...(other.duration_ms === null ? {} : { durationMs: other.duration_ms }),
      fence,
      ...(owner === undefined ? {} : { owner }),
      beat: other.beat,
      lastSeq: other.last_seq,
      sessionStartSeq: other.session_start_seq,
    },
  };
}

/** The owner on record of any row that has the owner's columns. */
export function readOwner(row: Row): Owner | undefined {
  const parsed = ownerRow.safeParse(row);
  return parsed.success ? ownerOf(parsed.data) : undefined;
}

function ownerOf(row: z.infer<typeof ownerRow>): Owner | undefined {
  const { owner_host: host, owner_pid: pid, owner_process_start: processStart } = row;
  if (host === null || pid === null || processStart === null) return undefined;
  const leaseMs = row.owner_lease_ms;
  return { host, pid, processStart, ...(leaseMs === null ? {} : { leaseMs }) };
}
