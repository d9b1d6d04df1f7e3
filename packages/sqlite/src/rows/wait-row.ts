import { asStageId, type RunId, WAIT_KINDS, WAIT_STATUSES, type WaitRecord } from '@millrace/core';
import type { Row, SqlValue } from '../database.ts';
import { z } from '../zod.ts';
import { checksumOf } from './checksum.ts';
import { firstFault, jsonColumn, wholeMs, wholeMsOrNull } from './columns.ts';
import { DAMAGED, type ReadRow } from './read-row.ts';

/** The columns that the checksum covers. */
const CONTENT = [
  'run',
  'stage',
  'kind',
  'name',
  'call',
  'attempt',
  'status',
  'since',
  'timeout_ms',
  'ended_at',
  'signal',
  'refused',
  'schema',
] as const;

const COLUMNS = [...CONTENT, 'checksum'];

export const REPLACE_WAIT = `
  INSERT OR REPLACE INTO waits (${COLUMNS.join(', ')})
  VALUES (${COLUMNS.map(() => '?').join(', ')})`;

/** The waits of a deleted run may still be there. */
export const SELECT_WAITS = `
  SELECT ${COLUMNS.join(', ')} FROM waits
  WHERE run = ? AND EXISTS (SELECT 1 FROM runs WHERE runs.id = waits.run)`;

export function waitColumns(run: RunId, record: WaitRecord): SqlValue[] {
  const columns: SqlValue[] = [
    run,
    record.stage,
    record.kind,
    record.name,
    record.call,
    record.attempt,
    record.status,
    wholeMs(record.since),
    record.timeoutMs ?? null,
    wholeMsOrNull(record.endedAt),
    record.signal ?? null,
    JSON.stringify(record.refused),
    record.schema ?? null,
  ];
  columns.push(checksumOf(columns, []));
  return columns;
}

const waitRow = z.object({
  stage: z.string(),
  kind: z.enum(WAIT_KINDS),
  name: z.string(),
  call: z.int().min(1),
  attempt: z.int().min(1),
  status: z.enum(WAIT_STATUSES),
  since: z.int(),
  timeout_ms: z.number().min(0).nullable(),
  ended_at: z.int().nullable(),
  signal: z.int().min(1).nullable(),
  refused: jsonColumn(z.array(z.int().min(1))),
  schema: z.string().nullable(),
});

export function readWaitRow(row: Row): ReadRow<WaitRecord> {
  const parsed = waitRow.safeParse(row);
  if (!parsed.success) return { ok: false, problem: firstFault(parsed.error) };
  const content = CONTENT.map((column) => row[column] as SqlValue);
  if (checksumOf(content, []) !== row.checksum) {
    return DAMAGED;
  }
  const { stage, timeout_ms, ended_at, signal, schema, ...same } = parsed.data;
  return {
    ok: true,
    value: {
      ...same,
      stage: asStageId(stage),
      ...(timeout_ms === null ? {} : { timeoutMs: timeout_ms }),
      ...(ended_at === null ? {} : { endedAt: ended_at }),
      ...(signal === null ? {} : { signal }),
      ...(schema === null ? {} : { schema }),
    },
  };
}
