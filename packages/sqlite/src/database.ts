/** The only file that imports the driver, so that another one with the same shape can take its place. */
import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite';

export type Statement = StatementSync;
export type SqlValue = null | number | string | Uint8Array;
/** A row as the driver gives it: columns by name, without a prototype. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

export interface DatabaseOptions {
  /** Opens the file itself without write access. */
  readonly readOnly: boolean;
  /** How long a statement waits for a lock of another process. */
  readonly busyTimeoutMs: number;
}

/** One connection. Errors are the driver's own; `toStoreError` reads them. */
export class Database {
  readonly #connection: DatabaseSync;

  /** @param location an absolute path, `:memory:`, or a file URL with SQLite's own parameters */
  constructor(location: string | URL, options: DatabaseOptions) {
    const { readOnly, busyTimeoutMs } = options;
    this.#connection = new DatabaseSync(location, { readOnly, timeout: busyTimeoutMs });
  }

  get isOpen(): boolean {
    return this.#connection.isOpen;
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

  /** Runs `body` with the write lock held from the start; its writes become true together or not at all. */
  inTransaction<Value>(body: () => Value): Value {
    return this.#between('BEGIN IMMEDIATE', body);
  }

  /** Runs `body` on one state of the file, whatever other processes commit meanwhile. */
  inSnapshot<Value>(body: () => Value): Value {
    return this.#between('BEGIN', body);
  }

  close(): void {
    this.#connection.close();
  }

  #between<Value>(begin: 'BEGIN' | 'BEGIN IMMEDIATE', body: () => Value): Value {
    this.#connection.exec(begin);
    try {
      const value = body();
      this.#connection.exec('COMMIT');
      return value;
    } catch (thrown) {
      // SQLite has rolled back by itself after some errors, a full disk among them.
      if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
      throw thrown;
    }
  }
}
