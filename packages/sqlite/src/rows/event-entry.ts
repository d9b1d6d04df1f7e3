import type { RunEvent } from '@millrace/core';
import { z } from '../zod.ts';
import { wholeMs } from './columns.ts';

/** The two that every stage has, which are most of all events. */
const STARTED = 0;
const SUCCEEDED = 1;

/** How many fields they have when nothing out of the ordinary is to be told. */
const STARTED_FIELDS = 6;
const SUCCEEDED_FIELDS = 7;

/** One event within the body of a group; `after` is its time, in milliseconds after that of the first one. */
export type EventEntry =
  | readonly [type: typeof STARTED, after: number, stage: string, attempt: number]
  | readonly [
      type: typeof SUCCEEDED,
      after: number,
      stage: string,
      attempt: number,
      durationMs: number,
    ]
  | readonly [type: string, after: number, fields: object];

export function eventEntry(event: RunEvent, since: number): EventEntry {
  const after = wholeMs(event.at) - since;
  if (event.type === 'stage.started' && Object.keys(event).length === STARTED_FIELDS) {
    return [STARTED, after, event.stage, event.attempt];
  }
  if (event.type === 'stage.succeeded' && Object.keys(event).length === SUCCEEDED_FIELDS) {
    return [SUCCEEDED, after, event.stage, event.attempt, event.durationMs];
  }
  const { seq: _seq, runId: _run, at: _at, type, ...fields } = event;
  return [type, after, fields];
}

/** By hand: runs have millions of them. */
function isEntry(value: unknown): value is EventEntry {
  if (!Array.isArray(value)) return false;
  const [type, after, third, attempt, durationMs]: unknown[] = value;
  if (!Number.isInteger(after)) return false;
  switch (type) {
    case STARTED:
      return typeof third === 'string' && Number.isInteger(attempt);
    case SUCCEEDED:
      return (
        typeof third === 'string' && Number.isInteger(attempt) && typeof durationMs === 'number'
      );
    default:
      return typeof type === 'string' && typeof third === 'object' && third !== null;
  }
}

export const anyEntry = z.custom<EventEntry>(isEntry, 'is no event');

/** The fields in the order in which the executor sets them. A type that a newer Millrace added is handed on as it is. */
export function eventOf(
  entry: EventEntry,
  { seq, runId, since }: { readonly seq: number; readonly runId: string; readonly since: number },
): RunEvent {
  const at = since + entry[1];
  const event: object = { seq, runId, ...fieldsOf(entry, at) };
  return event as RunEvent;
}

function fieldsOf(entry: EventEntry, at: number): object {
  switch (entry[0]) {
    case STARTED: {
      const [, , stage, attempt] = entry;
      return { type: 'stage.started', at, stage, attempt };
    }
    case SUCCEEDED: {
      const [, , stage, attempt, durationMs] = entry;
      return { type: 'stage.succeeded', at, stage, attempt, durationMs };
    }
    default: {
      const [type, , fields] = entry;
      return { type, at, ...fields };
    }
  }
}
