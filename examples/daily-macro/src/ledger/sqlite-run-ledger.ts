import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { MacroError } from '../base/macro-error.ts';
import type { Book } from '../book/book.ts';
import { type Migration, migrations, migrationTable } from './migrations.ts';
import type { RunLedger, RunRow } from './run-ledger.ts';
import {
  insertBook,
  insertMigration,
  insertRun,
  runValues,
  type SqlValue,
  selectBookBefore,
  selectMigrations,
  selectRecent,
  toBook,
  toRunRow,
} from './statements.ts';

/** Older versions can lose commits when several connections write and checkpoint (the WAL-reset race). */
const OLDEST_SQLITE = '3.51.3';
const BUSY_TIMEOUT_MS = 10_000;

const bind = (values: readonly SqlValue[]): Record<string, SqlValue> => {
  return Object.fromEntries(values.map((value, at) => [`$${at + 1}`, value]));
};

const selectBooksTable = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'books'";

/** A reader makes the log files of a database that has none, unless it is told that nobody writes. */
function stillFile(path: string): string | URL {
  if (existsSync(`${path}-wal`)) return path;
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return url;
}

function assertVersion(database: DatabaseSync): void {
  const version = String(database.prepare('SELECT sqlite_version() AS version').get()?.version);
  if (version.localeCompare(OLDEST_SQLITE, 'en', { numeric: true }) >= 0) return;
  const advice = 'use Node ^22.23.3 or >= 24.15';
  throw new MacroError(
    'SQLITE_TOO_OLD',
    `SQLite is ${version}, expected >= ${OLDEST_SQLITE}: ${advice}`,
  );
}

/** The ledger in one SQLite file. */
export class SqliteRunLedger implements RunLedger {
  readonly #database: DatabaseSync;

  /** Opens or creates the file, and its folder; ':memory:' for tests. @throws MacroError SQLITE_TOO_OLD */
  constructor(path: string, steps: readonly Migration[] = migrations) {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    this.#database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    assertVersion(this.#database);
    this.#database.exec('PRAGMA journal_mode = WAL');
    this.#database.exec('PRAGMA synchronous = FULL');
    this.#migrate(steps);
  }

  /** As `bookBefore`, of a file that may be missing and is left as it is. */
  static peekBook(path: string, date: string): Book | undefined {
    if (!existsSync(path)) return undefined;
    const database = new DatabaseSync(stillFile(path), { readOnly: true });
    try {
      if (database.prepare(selectBooksTable).get() === undefined) return undefined;
      const row = database.prepare(selectBookBefore).get(bind([date]));
      return row === undefined ? undefined : toBook(row);
    } finally {
      database.close();
    }
  }

  async record(row: RunRow): Promise<void> {
    this.#run(insertRun, runValues(row));
  }

  async recent(limit: number): Promise<readonly RunRow[]> {
    return this.#database
      .prepare(selectRecent)
      .all(bind([limit]))
      .map(toRunRow);
  }

  async saveBook(book: Book, createdAt: string): Promise<void> {
    this.#run(insertBook, [book.date, JSON.stringify(book), createdAt]);
  }

  async bookBefore(date: string): Promise<Book | undefined> {
    const row = this.#database.prepare(selectBookBefore).get(bind([date]));
    return row === undefined ? undefined : toBook(row);
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #run(sql: string, values: readonly SqlValue[]): void {
    this.#database.prepare(sql).run(bind(values));
  }

  /** One transaction for all steps that are due; two openers at once wait for each other. */
  #migrate(steps: readonly Migration[]): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      this.#database.exec(migrationTable);
      const rows = this.#database.prepare(selectMigrations).all();
      const done = new Set(rows.map((row) => Number(row.version)));
      for (const step of steps.filter(({ version }) => !done.has(version))) {
        for (const statement of step.statements) this.#database.exec(statement);
        this.#run(insertMigration, [step.version, step.name, new Date().toISOString()]);
      }
      this.#database.exec('COMMIT');
    } catch (cause) {
      this.#database.exec('ROLLBACK');
      throw cause;
    }
  }
}
