import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asStageId, type Lease, type RunEvent } from '@millrace/core';
import { SELECT_EVENT_GROUPS } from './rows/event-group-row.ts';
import { createFileStore, type FileStore } from './testing-local/file-store.ts';
import { CREATED_AT, NEW_RUN, OWNER, RUN, sampleBatch } from './testing-local/sample-records.ts';

let file: FileStore;
let lease: Lease;

beforeEach(() => {
  file = createFileStore();
  lease = file.store.createRun(NEW_RUN, [], OWNER);
});
afterEach(() => file.cleanUp());

function eventsFrom(first: number, count: number): readonly RunEvent[] {
  const same = { runId: RUN, type: 'stage.started', at: CREATED_AT, attempt: 1 } as const;
  return Array.from({ length: count }, (_, place) => {
    const seq = first + place;
    return { seq, ...same, stage: asStageId(`stage ${seq}`) };
  });
}

describe('a reader that asks for what came after an event', () => {
  it('gets it from within groups and across them, and no more than it asked for', () => {
    const events = eventsFrom(1, 700);
    for (const [from, to] of [
      [0, 1],
      [1, 4],
      [4, 600],
      [600, 700],
    ]) {
      file.store.commit(lease, sampleBatch({ events: events.slice(from, to) }));
    }
    for (const after of [0, 1, 2, 3, 4, 5, 259, 260, 261, 599, 600, 699, 700, 900]) {
      for (const limit of [0, 1, 2, 300, 1000]) {
        expect(file.store.loadEvents(RUN, after, limit)).toEqual(
          events.slice(after, after + limit),
        );
      }
    }
  });

  it('makes the store look for the place, and not through all that came before', () => {
    const plan = file.database.prepare(`EXPLAIN QUERY PLAN ${SELECT_EVENT_GROUPS}`).all(RUN, 5);
    expect(plan.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^SEARCH runs USING (COVERING )?INDEX \S+ \(id=\?\)$/),
      'SEARCH event_groups USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
    ]);
  });
});

describe('a commit that tells of many stages', () => {
  it('is one row of events', () => {
    file.store.commit(lease, sampleBatch({ events: eventsFrom(1, 200) }));
    expect(file.database.valueOf('SELECT count(*) FROM event_groups')).toBe(1);
  });
});
