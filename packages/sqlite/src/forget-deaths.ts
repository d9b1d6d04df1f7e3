import type { AttemptRecord, RunEvent, RunId } from '@millrace/core';
import type { Database, Row, Statement } from './database.ts';
import {
  DELETE_EVENT_GROUP,
  eventGroupColumns,
  eventGroups,
  INSERT_EVENT_GROUP,
  readEventGroup,
  SELECT_EVENT_GROUPS,
  SELECT_GROUPS_WITH,
} from './rows/event-group-row.ts';
import type { NumberedRun } from './rows/run-place.ts';

/** So many attempts of a stage that died with their process are kept, the newest. */
export const KEPT_DEATHS = 20;

type AttemptEvent = RunEvent & { readonly stage?: string; readonly attempt?: number };

/**
 * Keeps a run from growing with the number of its kills: of a stage whose attempts die again and again the older ones
 * are forgotten with their events, and with sessions of which nothing else is told. The numbers of attempts and events
 * go on, so that gaps are left.
 */
export class ForgetDeaths {
  readonly #selectOldest: Statement;
  readonly #deleteAttempts: Statement;
  readonly #deleteOldEvents: Statement;
  readonly #deleteOldSessions: Statement;
  readonly #selectGroups: Statement;
  readonly #selectNext: Statement;
  readonly #deleteGroup: Statement;
  readonly #insertGroup: Statement;

  constructor(database: Database) {
    this.#selectOldest = database.prepare(`
      SELECT attempt FROM attempts WHERE run = ? AND stage = ? AND status = 'lost'
      ORDER BY attempt DESC LIMIT 1 OFFSET ${KEPT_DEATHS - 1}`);
    this.#deleteAttempts = database.prepare(`
      DELETE FROM attempts WHERE run = ? AND stage = ? AND status = 'lost' AND attempt < ?
      RETURNING attempt`);
    this.#deleteOldEvents = database.prepare(
      'DELETE FROM event_rows WHERE run = ? AND stage = ? AND attempt = ?',
    );
    // Of resumes that follow each other directly the last one stays.
    this.#deleteOldSessions = database.prepare(`
      DELETE FROM event_rows WHERE run = ?1 AND type = 'run.resumed' AND 'run.resumed' = (
        SELECT next.type FROM event_rows AS next
        WHERE next.run = ?1 AND next.seq > event_rows.seq ORDER BY next.seq LIMIT 1)`);
    this.#selectGroups = database.prepare(SELECT_GROUPS_WITH);
    this.#selectNext = database.prepare(`${SELECT_EVENT_GROUPS} LIMIT 1`);
    this.#deleteGroup = database.prepare(DELETE_EVENT_GROUP);
    this.#insertGroup = database.prepare(INSERT_EVENT_GROUP);
  }

  /** @param attempts those of the batch that is being written; the caller holds the transaction */
  forget({ id, number }: NumberedRun, attempts: readonly AttemptRecord[]): void {
    let hasForgotten = false;
    for (const { stage, status } of attempts) {
      if (status !== 'lost') continue;
      const oldest = this.#selectOldest.get(id, stage)?.attempt;
      if (oldest === undefined) continue;
      const forgotten = this.#deleteAttempts.all(id, stage, oldest).map((row) => row.attempt);
      if (forgotten.length === 0) continue;
      for (const attempt of forgotten) this.#deleteOldEvents.run(id, stage, Number(attempt));
      this.#forgetAttempts({ id, number }, stage, new Set(forgotten.map(Number)));
      hasForgotten = true;
    }
    if (hasForgotten) this.#forgetSessions({ id, number });
  }

  #forgetAttempts(run: NumberedRun, stage: string, attempts: ReadonlySet<number>): void {
    for (const row of this.#selectGroups.all(run.id, JSON.stringify(stage))) {
      this.#rewrite(run, row, (events: readonly AttemptEvent[]) =>
        events.filter((event) => event.stage !== stage || !attempts.has(event.attempt ?? 0)),
      );
    }
  }

  /** From the newest to the oldest, so that each is seen beside the one that is left after it. */
  #forgetSessions(run: NumberedRun): void {
    this.#deleteOldSessions.run(run.id);
    for (const row of this.#selectGroups.all(run.id, '"run.resumed"')) {
      this.#rewrite(run, row, (events) => withoutIdle(events, this.#firstTypeAfter(run.id, row)));
    }
  }

  #firstTypeAfter(id: RunId, row: Row): RunEvent['type'] | undefined {
    const next = this.#selectNext.get(id, Number(row.last_seq));
    const read = next === undefined ? undefined : readEventGroup(next);
    return read?.ok === true ? read.value[0]?.type : undefined;
  }

  /** A damaged group stays as it is, to be told when it is read. */
  #rewrite(
    run: NumberedRun,
    row: Row,
    choose: (events: readonly RunEvent[]) => readonly RunEvent[],
  ): void {
    const read = readEventGroup(row);
    if (!read.ok) return;
    const kept = choose(read.value);
    if (kept.length === read.value.length) return;
    this.#deleteGroup.run(run.number, Number(row.last_seq));
    for (const group of eventGroups(kept)) this.#insertGroup.run(...eventGroupColumns(run, group));
  }
}

/**
 * Leaves out sessions that are followed by the next one at once.
 * @param after the type of what follows the events
 */
function withoutIdle(
  events: readonly RunEvent[],
  after: RunEvent['type'] | undefined,
): readonly RunEvent[] {
  const kept: RunEvent[] = [];
  let next = after;
  for (const event of events.toReversed()) {
    if (event.type !== 'run.resumed' || next !== 'run.resumed') kept.push(event);
    next = event.type;
  }
  return kept.reverse();
}
