import type { AttemptRecord, RunId } from '@millrace/core';
import type { Database, Statement } from './database.ts';

/** So many attempts of a stage that died with their process are kept, the newest. */
export const KEPT_DEATHS = 20;

/**
 * Keeps a run from growing with the number of its kills: of a stage whose attempts die again and again the older ones
 * are forgotten with their events, and with sessions of which nothing else is told. The numbers of attempts and events
 * go on, so that gaps are left.
 */
export class ForgetDeaths {
  readonly #selectOldest: Statement;
  readonly #deleteEvents: Statement;
  readonly #deleteAttempts: Statement;
  readonly #deleteSessions: Statement;

  constructor(database: Database) {
    this.#selectOldest = database.prepare(`
      SELECT attempt FROM attempts WHERE run = ? AND stage = ? AND status = 'lost'
      ORDER BY attempt DESC LIMIT 1 OFFSET ${KEPT_DEATHS - 1}`);
    this.#deleteEvents = database.prepare(`
      DELETE FROM events WHERE run = ?1 AND stage = ?2 AND attempt IN (
        SELECT attempt FROM attempts
        WHERE run = ?1 AND stage = ?2 AND status = 'lost' AND attempt < ?3)`);
    this.#deleteAttempts = database.prepare(
      "DELETE FROM attempts WHERE run = ? AND stage = ? AND status = 'lost' AND attempt < ?",
    );
    // Of resumes that follow each other directly the last one stays.
    this.#deleteSessions = database.prepare(`
      DELETE FROM events WHERE run = ?1 AND type = 'run.resumed' AND 'run.resumed' = (
        SELECT next.type FROM events AS next
        WHERE next.run = ?1 AND next.seq > events.seq ORDER BY next.seq LIMIT 1)`);
  }

  /** @param attempts those of the batch that is being written; the caller holds the transaction */
  forget(id: RunId, attempts: readonly AttemptRecord[]): void {
    let hasForgotten = false;
    for (const { stage, status } of attempts) {
      if (status !== 'lost') continue;
      const oldest = this.#selectOldest.get(id, stage)?.attempt;
      if (oldest === undefined) continue;
      this.#deleteEvents.run(id, stage, oldest);
      const { changes } = this.#deleteAttempts.run(id, stage, oldest);
      if (changes > 0) hasForgotten = true;
    }
    if (hasForgotten) this.#deleteSessions.run(id);
  }
}
