import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './open-database.ts';

/** What became of a message, as the ledger keeps it. */
export interface Result {
  readonly messageId: string;
  readonly status: string;
  readonly ticker: string;
  readonly author: string;
  /** When it was written: milliseconds since 1970, UTC. */
  readonly at: number;
  readonly orderKey: string | null;
  readonly reason: string;
  /** Stages that failed and that the message could do without. */
  readonly degraded: readonly string[];
  readonly detail: unknown;
}

/** What the outside is told of a result. */
export type PublishedResult = Omit<Result, 'degraded' | 'detail'>;

const INSERT = `
  INSERT INTO results (message_id, status, ticker, author, at, order_key, reason, degraded, detail)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (message_id) DO UPDATE SET status = excluded.status, order_key = excluded.order_key,
    reason = excluded.reason, degraded = excluded.degraded, detail = excluded.detail, published = 0`;

/** Results by message: one that is sent twice is there once. */
export class ResultBook {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  store(results: readonly Result[]): void {
    inTransaction(this.#database, () => {
      const insert = this.#database.prepare(INSERT);
      for (const { messageId, status, ticker, author, at, ...rest } of results) {
        const { orderKey, reason, degraded, detail } = rest;
        const texts = [reason, JSON.stringify(degraded), JSON.stringify(detail ?? null)];
        insert.run(messageId, status, ticker, author, at, orderKey, ...texts);
      }
    });
  }

  /** The oldest that nobody outside has been told of. */
  unpublished(most: number): readonly PublishedResult[] {
    const sql = `SELECT message_id AS messageId, status, ticker, author, at, order_key AS orderKey, reason
      FROM results WHERE published = 0 ORDER BY rowid LIMIT ?`;
    return this.#database.prepare(sql).all(most) as unknown as PublishedResult[];
  }

  markPublished(messageIds: readonly string[]): void {
    const sql =
      'UPDATE results SET published = 1 WHERE message_id IN (SELECT value FROM json_each(?))';
    this.#database.prepare(sql).run(JSON.stringify(messageIds));
  }

  countByStatus(): Readonly<Record<string, number>> {
    const sql = 'SELECT status, count(*) AS n FROM results GROUP BY status ORDER BY status';
    const rows = this.#database.prepare(sql).all();
    return Object.fromEntries(rows.map(({ status, n }) => [String(status), Number(n)]));
  }
}
