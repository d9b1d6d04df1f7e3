import type { RunEvent } from '@millrace/core';
import type { Row } from '../database.ts';
import { z } from '../zod.ts';
import { firstFault, jsonColumn } from './columns.ts';
import type { ReadRow } from './read-row.ts';

/** Events as versions 1 to 5 wrote them, one a row, and processes of these versions still do. */
export const SELECT_EVENTS = `
  SELECT run, seq, at, type, stage, attempt, details FROM event_rows
  WHERE run = ? AND seq > ? ORDER BY seq LIMIT ?`;

const eventRow = z.object({
  run: z.string(),
  seq: z.int().min(1),
  at: z.int(),
  type: z.string(),
  stage: z.string().nullable(),
  attempt: z.int().nullable(),
  details: jsonColumn(z.looseObject({})).nullable(),
});

/** A type that a newer Millrace added is handed on as it is. */
export function readEventRow(row: Row): ReadRow<RunEvent> {
  const parsed = eventRow.safeParse(row);
  if (!parsed.success) return { ok: false, problem: firstFault(parsed.error) };
  const { run: runId, seq, at, type, stage, attempt, details } = parsed.data;
  const event: unknown = {
    seq,
    runId,
    type,
    at,
    ...(stage === null ? {} : { stage }),
    ...(attempt === null ? {} : { attempt }),
    ...details,
  };
  return { ok: true, value: event as RunEvent };
}
