import type { RunEvent } from '@millrace/core';
import type { Row, SqlValue } from '../database.ts';
import { z } from '../zod.ts';
import { checksumOf } from './checksum.ts';
import { firstFault, jsonColumn, wholeMs } from './columns.ts';
import { anyEntry, eventEntry, eventOf } from './event-entry.ts';
import { DAMAGED, type ReadRow } from './read-row.ts';
import { isPlaceIn, type NumberedRun, ORDER_OF_PLACE, placeIn } from './run-place.ts';

/** Events that a group holds at most: so many are looked through for one of them, and lost with the row. */
const MOST_EVENTS = 256;

/** The columns that the checksum covers, beside the run and the number of the last event. */
const CONTENT = ['first_seq', 'at', 'body'] as const;

const COLUMNS = [...CONTENT, 'checksum'];

export const INSERT_EVENT_GROUP = `
  INSERT INTO event_groups (place, ${COLUMNS.join(', ')})
  VALUES (${placeIn('?', '?')}, ${COLUMNS.map(() => '?').join(', ')})`;

const SELECT_FIELDS = `
  SELECT runs.id AS run, runs.number, ${ORDER_OF_PLACE} AS last_seq,
    ${COLUMNS.map((column) => `event_groups.${column}`).join(', ')}
  FROM runs JOIN event_groups`;

/** From the event after one on. */
export const SELECT_EVENT_GROUPS = `
  ${SELECT_FIELDS} ON ${isPlaceIn('runs.number', '?2')} WHERE runs.id = ?1 ORDER BY place`;

/** Those in whose events a text stands, the newest first. */
export const SELECT_GROUPS_WITH = `
  ${SELECT_FIELDS} ON ${isPlaceIn('runs.number')}
  WHERE runs.id = ? AND instr(body, ?) > 0 ORDER BY place DESC`;

export const DELETE_EVENT_GROUP = `DELETE FROM event_groups WHERE place = ${placeIn('?', '?')}`;

/** Cuts events into groups: as large as may be, and without a gap in the numbers. */
export function* eventGroups(events: readonly RunEvent[]): Generator<readonly RunEvent[]> {
  let from = 0;
  for (const [place, { seq }] of events.entries()) {
    const isFollowed = events[place + 1]?.seq === seq + 1 && place + 1 - from < MOST_EVENTS;
    if (isFollowed) continue;
    yield events.slice(from, place + 1);
    from = place + 1;
  }
}

/** @param events of one of {@link eventGroups} */
export function eventGroupColumns(
  { id, number }: NumberedRun,
  events: readonly RunEvent[],
): SqlValue[] {
  const firstSeq = events[0]?.seq ?? 0;
  const lastSeq = firstSeq + events.length - 1;
  const at = wholeMs(events[0]?.at ?? 0);
  const body = JSON.stringify(events.map((event) => eventEntry(event, at)));
  const checksum = checksumOf([id, lastSeq, firstSeq, at, body]);
  return [number, lastSeq, firstSeq, at, body, checksum];
}

const groupRow = z.object({
  run: z.string(),
  first_seq: z.int().min(1),
  at: z.int(),
  body: jsonColumn(z.array(anyEntry)),
});

export function readEventGroup(row: Row): ReadRow<readonly RunEvent[]> {
  const content = ['run', 'last_seq', ...CONTENT].map((column) => row[column] as SqlValue);
  if (checksumOf(content) !== row.checksum) {
    return DAMAGED;
  }
  const parsed = groupRow.safeParse(row);
  if (!parsed.success) return { ok: false, problem: firstFault(parsed.error) };
  const { run: runId, first_seq, at: since, body } = parsed.data;
  const events = body.map((entry, place) =>
    eventOf(entry, { seq: first_seq + place, runId, since }),
  );
  return { ok: true, value: events };
}
