import { describe, expect, it } from '@jest/globals';
import { asRunId, asStageId, type RunEvent, type RunEventType } from '@millrace/core';
import type { Row } from '../database.ts';
import { CREATED_AT, RUN } from '../testing-local/sample-records.ts';
import { checksumOf } from './checksum.ts';
import { eventGroupColumns, eventGroups, readEventGroup } from './event-group-row.ts';

const FAILURE = {
  reason: 'threw',
  code: 'STAGE_THREW',
  phase: 'run',
  message: 'no "rows"\n\u0000\ud800',
} as const;
const ITEMS = { total: 3, failed: 1, kept: 0 };
const OF_STAGE = { stage: asStageId('score "1"\u2028'), attempt: 2 };

type FieldsOf<Type extends RunEventType> = Omit<
  Extract<RunEvent, { type: Type }>,
  'seq' | 'runId' | 'type' | 'at'
>;

/** Of each type at least one, with and without what it may have. */
const FIELDS: { readonly [Type in RunEventType]: readonly FieldsOf<Type>[] } = {
  'run.started': [{ pipeline: 'daily', stages: 3 }],
  'run.resumed': [{ pipeline: 'daily', plan: { run: 1, reuse: 2, skip: 0, undecided: 0 } }],
  'run.cancelling': [{ mode: 'drain', running: 2 }],
  'run.finished': [{ status: 'degraded', durationMs: 12.25 }],
  'run.undoing': [{ pipeline: 'daily', because: 'failed', stages: 2 }],
  'run.released': [{ waiting: 1 }],
  'stage.started': [OF_STAGE, { ...OF_STAGE, reason: 'its params changed' }],
  'stage.progress': [OF_STAGE, { ...OF_STAGE, fraction: 0.1 + 0.2, message: '' }],
  'stage.item-failed': [{ ...OF_STAGE, item: 'AAPL', tries: 3, failure: FAILURE }],
  'stage.queued': [
    { ...OF_STAGE, limit: 'db', because: 'busy' },
    { ...OF_STAGE, limit: 'db', because: 'rate', forMs: 1e-7 },
  ],
  'stage.waiting': [
    { ...OF_STAGE, since: CREATED_AT },
    { ...OF_STAGE, name: 'answer', since: CREATED_AT, until: CREATED_AT + 9 },
  ],
  'stage.woken': [
    { ...OF_STAGE, name: 'answer', outcome: 'answered', signal: 4, waitedMs: 0.5 },
    { ...OF_STAGE, outcome: 'elapsed', waitedMs: 5 },
  ],
  'stage.signal-refused': [
    { ...OF_STAGE, name: 'answer', signal: 4, issues: [{ path: 'a.b', message: 'is none' }] },
  ],
  'stage.retrying': [{ ...OF_STAGE, failure: FAILURE, delayMs: 1, durationMs: 2 }],
  'stage.succeeded': [
    { ...OF_STAGE, durationMs: 0.123_456_001_281_738 },
    { ...OF_STAGE, durationMs: 0, items: ITEMS },
    { ...OF_STAGE, durationMs: 1e21, teardownFailure: FAILURE },
  ],
  'stage.failed': [
    { ...OF_STAGE, durationMs: 1, failure: FAILURE, critical: true, fallback: false },
    { ...OF_STAGE, durationMs: 1, failure: FAILURE, items: ITEMS, critical: true, fallback: true },
  ],
  'stage.skipped': [
    { stage: OF_STAGE.stage, reason: 'b failed' },
    { stage: OF_STAGE.stage, reason: 'when', condition: true },
  ],
  'stage.reused': [
    { stage: OF_STAGE.stage, reason: 'nothing changed' },
    { stage: OF_STAGE.stage, reason: 'found', from: asRunId('earlier'), items: ITEMS },
  ],
  'stage.cancelled': [{ ...OF_STAGE, attempt: 0, durationMs: 0 }],
  'stage.undone': [{ ...OF_STAGE, durationMs: 3 }],
  'stage.undo-failed': [{ ...OF_STAGE, failure: FAILURE, durationMs: 3 }],
};

/** As the executor numbers them; the clock may go back. */
const EVENTS = Object.entries(FIELDS)
  .flatMap(([type, all]) => all.map((fields) => ({ type, fields })))
  .map(({ type, fields }, place): RunEvent => {
    const at = CREATED_AT + ((place * 7) % 5) - 2;
    const event: unknown = { seq: place + 4, runId: RUN, type, at, ...fields };
    return event as RunEvent;
  });

const NAMES = ['number', 'last_seq', 'first_seq', 'at', 'body', 'checksum'];

function rowOf(events: readonly RunEvent[]): Row {
  const columns = eventGroupColumns({ id: RUN, number: 3 }, events);
  return { run: RUN, ...Object.fromEntries(columns.map((value, at) => [NAMES[at] ?? '', value])) };
}

function eventsIn(row: Row): readonly RunEvent[] {
  const read = readEventGroup(row);
  expect(read).toMatchObject({ ok: true });
  return read.ok ? read.value : [];
}

describe('a group of events', () => {
  it('has each type as it was written, to the order of its fields', () => {
    const row = rowOf(EVENTS);
    expect(JSON.stringify(eventsIn(row))).toBe(JSON.stringify(EVENTS));
    expect([row.first_seq, row.last_seq]).toEqual([4, 3 + EVENTS.length]);
  });

  it.each(EVENTS.map((event) => [event.type, event] as const))('has one %s', (_type, event) => {
    expect(JSON.stringify(eventsIn(rowOf([event])))).toBe(JSON.stringify([event]));
  });

  it('is short of what every stage has', () => {
    const [started] = EVENTS.filter(({ type }) => type === 'stage.started');
    const [succeeded] = EVENTS.filter(({ type }) => type === 'stage.succeeded');
    const events = [started, succeeded].flatMap((event, place) =>
      event === undefined ? [] : [{ ...event, seq: place + 1, at: CREATED_AT + place }],
    );
    const stage = JSON.stringify(OF_STAGE.stage);
    expect(rowOf(events).body).toBe(`[[0,0,${stage},2],[1,1,${stage},2,0.123456001281738]]`);
  });

  it('keeps a field and a type that a newer Millrace has added', () => {
    const event = { seq: 1, runId: RUN, type: 'stage.started', at: 1, ...OF_STAGE, by: 'me' };
    const other = { seq: 2, runId: RUN, type: 'run.paused', at: 2, more: [1] };
    const events = [event, other] as unknown as readonly RunEvent[];
    expect(eventsIn(rowOf(events))).toEqual(events);
  });

  it('has whole milliseconds, from wherever the clock began', () => {
    const [event] = EVENTS;
    if (event === undefined) return;
    const times = [-5.4, 0.6, 8.64e15];
    const events = times.map((at, place) => ({ ...event, seq: place + 1, at }));
    expect(eventsIn(rowOf(events)).map(({ at }) => at)).toEqual([-5, 1, 8.64e15]);
  });

  it.each([
    ['is no list', '{}', 'body: '],
    ['is no JSON', '[[0', 'body: is not JSON'],
    ['has an event without a stage', '[[0,0,null,1]]', 'body.0: is no event'],
    ['has an event without its time', '[[0,"0","a",1]]', 'body.0: is no event'],
    ['has an event without its duration', '[[1,0,"a",1]]', 'body.0: is no event'],
    ['has a type that is a number', '[[2,0,{}]]', 'body.0: is no event'],
    ['has a type without fields', '[["run.released",0]]', 'body.0: is no event'],
    ['has something else', '[5]', 'body.0: is no event'],
  ])('is not understood when it %s', (_, body, problem) => {
    const row: Row = { ...rowOf(EVENTS), body };
    const columns = [row.run, row.last_seq, row.first_seq, row.at, body].map(String);
    const read = readEventGroup({ ...row, checksum: checksumOf(columns) });
    expect(read).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });

  it.each(['run', 'last_seq', 'first_seq', 'at', 'body', 'checksum'])(
    'is damaged when its %s is another one',
    (column) => {
      const row = rowOf(EVENTS);
      const value = row[column];
      const other = typeof value === 'number' ? value + 1 : `${value} `;
      expect(readEventGroup({ ...row, [column]: other })).toEqual({
        ok: false,
        problem: 'its checksum does not match',
      });
    },
  );
});

describe('events are cut into groups', () => {
  const numbered = (...numbers: readonly number[]): readonly RunEvent[] =>
    numbers.flatMap((seq) => EVENTS.slice(0, 1).map((event) => ({ ...event, seq })));
  const cut = (events: readonly RunEvent[]): readonly (readonly number[])[] =>
    [...eventGroups(events)].map((group) => group.map(({ seq }) => seq));

  it('at each gap in the numbers', () => {
    expect(cut(numbered(1, 2, 3))).toEqual([[1, 2, 3]]);
    expect(cut(numbered(1, 2, 5, 6, 9))).toEqual([[1, 2], [5, 6], [9]]);
    expect(cut(numbered(3, 3, 2))).toEqual([[3], [3], [2]]);
    expect(cut([])).toEqual([]);
  });

  it('that are not too large', () => {
    const groups = cut(numbered(...Array.from({ length: 600 }, (_, place) => place + 1)));
    expect(groups.map(({ length }) => length)).toEqual([256, 256, 88]);
    expect(groups.flat()).toEqual(Array.from({ length: 600 }, (_, place) => place + 1));
  });
});
