import type { RunEvent, RunId } from '@millrace/core';
import type { OnDamage } from './damage.ts';
import type { Database, Row, Statement } from './database.ts';
import {
  eventGroupColumns,
  eventGroups,
  INSERT_EVENT_GROUP,
  readEventGroup,
  SELECT_EVENT_GROUPS,
} from './rows/event-group-row.ts';
import { readEventRow, SELECT_EVENTS } from './rows/event-row.ts';
import { readRows } from './rows/read-row.ts';
import type { NumberedRun } from './rows/run-place.ts';

/** What happened: the table `event_groups`, and `event_rows`, which older processes write. */
export class StoredEvents {
  readonly #onDamage: OnDamage;
  readonly #insert: Statement;
  readonly #select: Statement;
  readonly #selectOld: Statement;

  constructor(database: Database, onDamage: OnDamage) {
    this.#onDamage = onDamage;
    this.#insert = database.prepare(INSERT_EVENT_GROUP);
    this.#select = database.prepare(SELECT_EVENT_GROUPS);
    this.#selectOld = database.prepare(SELECT_EVENTS);
  }

  /** The caller holds the transaction. */
  write(run: NumberedRun, events: readonly RunEvent[]): void {
    for (const group of eventGroups(events)) this.#insert.run(...eventGroupColumns(run, group));
  }

  after(id: RunId, seq: number, limit: number): readonly RunEvent[] {
    const old = readRows(this.#selectOld.iterate(id, seq, limit), readEventRow, (row, reason) => {
      this.#onDamage({ table: 'events', runId: id, record: String(row.seq), reason });
    });
    const events = this.#fromGroups(id, seq, limit);
    if (old.length === 0) return events;
    // Of a run that an older process has gone on with, both kinds may follow each other.
    return [...old, ...events].sort((a, b) => a.seq - b.seq).slice(0, limit);
  }

  /** Reads no further than it must. */
  #fromGroups(id: RunId, after: number, limit: number): RunEvent[] {
    const events: RunEvent[] = [];
    if (limit <= 0) return events;
    for (const row of this.#select.iterate(id, after)) {
      for (const event of this.#eventsOf(id, row)) {
        if (event.seq > after && events.length < limit) events.push(event);
      }
      if (events.length >= limit) break;
    }
    return events;
  }

  #eventsOf(id: RunId, row: Row): readonly RunEvent[] {
    const read = readEventGroup(row);
    if (read.ok) return read.value;
    const [first, last] = [String(row.first_seq), String(row.last_seq)];
    const record = first === last ? first : `${first}-${last}`;
    this.#onDamage({ table: 'events', runId: id, record, reason: read.problem });
    return [];
  }
}
