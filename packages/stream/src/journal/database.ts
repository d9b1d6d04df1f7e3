/** The only file that imports the driver, so that another one with the same shape can take its place. */
import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite';

export type Statement = StatementSync;
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** One connection. */
export class Database {
  readonly #connection: DatabaseSync;

  constructor(location: string, busyTimeoutMs: number) {
    this.#connection = new DatabaseSync(location, { timeout: busyTimeoutMs });
  }

  exec(sql: string): void {
    this.#connection.exec(sql);
  }

  prepare(sql: string): Statement {
    return this.#connection.prepare(sql);
  }

  /** The single value of a query or pragma. */
  valueOf(sql: string): SQLOutputValue | undefined {
    const row = this.#connection.prepare(sql).get();
    return row === undefined ? undefined : Object.values(row)[0];
  }

  /** What `body` writes becomes true together or not at all. */
  inTransaction(body: () => void): void {
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      body();
      this.#connection.exec('COMMIT');
    } catch (thrown) {
      // SQLite has rolled back by itself after some errors, a full disk among them.
      if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
      throw thrown;
    }
  }

  close(): void {
    this.#connection.close();
  }
}
