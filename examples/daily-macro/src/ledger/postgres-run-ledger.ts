import { Client, types } from 'pg';
import type { Book } from '../book/book.ts';
import { type Migration, migrations, migrationTable } from './migrations.ts';
import type { RunLedger, RunRow } from './run-ledger.ts';
import {
  insertBook,
  insertMigration,
  insertRun,
  runValues,
  selectBookBefore,
  selectMigrations,
  selectRecent,
  toBook,
  toRunRow,
} from './statements.ts';

/** Makes openers at the same time migrate one after the other; the number is ours alone. */
const MIGRATION_LOCK = 5_150_515;

/** Dates stay text: a Date would move them by the zone of the reader. */
const textDates = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === types.builtins.DATE) return (value: string) => value;
    return types.getTypeParser(oid, format ?? 'text');
  }) as typeof types.getTypeParser,
};

/** The ledger in PostgreSQL, with the tables and statements of the SQLite one. */
export class PostgresRunLedger implements RunLedger {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  /** @param url postgres://user:password@host:port/database */
  static async open(
    url: string,
    steps: readonly Migration[] = migrations,
  ): Promise<PostgresRunLedger> {
    const client = new Client({ connectionString: url, types: textDates });
    await client.connect();
    try {
      await migrate(client, steps);
    } catch (cause) {
      await client.end();
      throw cause;
    }
    return new PostgresRunLedger(client);
  }

  /** As `bookBefore`, of a database that may have no tables yet and is left as it is. */
  static async peekBook(url: string, date: string): Promise<Book | undefined> {
    const client = new Client({ connectionString: url, types: textDates });
    await client.connect();
    try {
      const { rows: tables } = await client.query("SELECT to_regclass('books') AS books");
      if (tables[0]?.books === null) return undefined;
      const [row] = (await client.query(selectBookBefore, [date])).rows;
      return row === undefined ? undefined : toBook(row);
    } finally {
      await client.end();
    }
  }

  async record(row: RunRow): Promise<void> {
    await this.#client.query(insertRun, runValues(row));
  }

  async recent(limit: number): Promise<readonly RunRow[]> {
    return (await this.#client.query(selectRecent, [limit])).rows.map(toRunRow);
  }

  async saveBook(book: Book, createdAt: string): Promise<void> {
    await this.#client.query(insertBook, [book.date, JSON.stringify(book), createdAt]);
  }

  async bookBefore(date: string): Promise<Book | undefined> {
    const [row] = (await this.#client.query(selectBookBefore, [date])).rows;
    return row === undefined ? undefined : toBook(row);
  }

  async close(): Promise<void> {
    await this.#client.end();
  }
}

/** One transaction for all steps that are due. */
async function migrate(client: Client, steps: readonly Migration[]): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await client.query(migrationTable);
    const { rows } = await client.query(selectMigrations);
    const done = new Set(rows.map((row) => Number(row.version)));
    for (const step of steps.filter(({ version }) => !done.has(version))) {
      for (const statement of step.statements) await client.query(statement);
      const now = new Date().toISOString();
      await client.query(insertMigration, [step.version, step.name, now]);
    }
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    throw cause;
  }
}
