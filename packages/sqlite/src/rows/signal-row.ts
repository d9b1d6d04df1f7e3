import { asRunId, asStageId, type NewSignal, type SignalRecord } from '@millrace/core';
import type { Row, SqlValue } from '../database.ts';
import { z } from '../zod.ts';
import { firstFault, wholeMs } from './columns.ts';
import type { ReadRow } from './read-row.ts';
import { readValueRow, valueColumns } from './value-row.ts';

const HEAD = ['run', 'number', 'name', 'stage', 'sent_at', 'sender'] as const;
/** Of the payload, as the columns of a value. */
const PAYLOAD = ['hash', 'codec', 'version', 'type', 'byte_length', 'body'] as const;
const COLUMNS = [...HEAD, ...PAYLOAD];

export const INSERT_SIGNAL = `
  INSERT INTO signals (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`;

export const NEXT_SIGNAL_NUMBER = `
  SELECT coalesce(max(number), 0) + 1 AS number FROM signals WHERE run = ?`;

/** The signals of a deleted run may still be there. */
export const SELECT_SIGNALS = `
  SELECT ${COLUMNS.join(', ')} FROM signals
  WHERE run = ? AND number > ? AND EXISTS (SELECT 1 FROM runs WHERE runs.id = signals.run)
  ORDER BY number`;

export function signalColumns(signal: NewSignal, number: number): SqlValue[] {
  const { runId, name, stage, sentAt, sender, payload } = signal;
  const head = [runId, number, name, stage ?? null, wholeMs(sentAt), sender ?? null];
  return [...head, ...valueColumns(payload, payload.body)];
}

const signalRow = z.object({
  run: z.string(),
  number: z.int().min(1),
  name: z.string(),
  stage: z.string().nullable(),
  sent_at: z.int(),
  sender: z.string().nullable(),
});

/** The payload is checked by the codec, against its hash. */
export function readSignalRow(row: Row): ReadRow<SignalRecord> {
  const parsed = signalRow.safeParse(row);
  if (!parsed.success) return { ok: false, problem: firstFault(parsed.error) };
  const payload = readValueRow(row, undefined);
  if (!payload.ok) return payload;
  const { run, number, name, stage, sent_at, sender } = parsed.data;
  return {
    ok: true,
    value: {
      runId: asRunId(run),
      number,
      name,
      payload: payload.value,
      sentAt: sent_at,
      ...(stage === null ? {} : { stage: asStageId(stage) }),
      ...(sender === null ? {} : { sender }),
    },
  };
}
