import type { RunEvent, RunId } from '@millrace/core';
import type { Row, SqlValue } from '../database.ts';
import { z } from '../zod.ts';
import { firstFault, jsonColumn, wholeMs } from './columns.ts';
import type { ReadRow } from './read-row.ts';

export const INSERT_EVENT = `
  INSERT INTO events (run, seq, at, type, stage, attempt, details) VALUES (?, ?, ?, ?, ?, ?, ?)`;

export const SELECT_EVENTS = `
  SELECT run, seq, at, type, stage, attempt, details FROM events
  WHERE run = ? AND seq > ? ORDER BY seq LIMIT ?`;

type EventFields = RunEvent & { readonly stage?: string; readonly attempt?: number };

/** Most events have no fields beyond the columns, and events are most of the rows. */
export function eventColumns(run: RunId, event: EventFields): SqlValue[] {
  const { seq, at, runId: _run, type, stage, attempt, ...details } = event;
  const text = JSON.stringify(details);
  return [run, seq, wholeMs(at), type, stage ?? null, attempt ?? null, text === '{}' ? null : text];
}

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
  const { run: runId, stage, attempt, details, ...columns } = parsed.data;
  const event: unknown = {
    ...columns,
    runId,
    ...(stage === null ? {} : { stage }),
    ...(attempt === null ? {} : { attempt }),
    ...details,
  };
  return { ok: true, value: event as RunEvent };
}
