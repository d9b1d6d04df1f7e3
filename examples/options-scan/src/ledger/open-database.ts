import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { messageOf, ScanError } from '../base/scan-error.ts';
import { type Migration, migrations, migrationTable } from './migrations.ts';

/** Older versions can lose commits when several connections write and checkpoint (the WAL-reset race). */
const OLDEST_SQLITE = '3.51.3';
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens or creates the file and its folder, and brings its tables up to date.
 * @throws ScanError LEDGER_UNUSABLE
 */
export function openDatabase(path: string): DatabaseSync {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    assertVersion(database);
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    inTransaction(database, () => migrate(database, migrations));
    return database;
  } catch (cause) {
    const message = `the tables in ${path} cannot be used: ${messageOf(cause)}`;
    throw new ScanError('LEDGER_UNUSABLE', message, { cause });
  }
}

/** All of it or nothing; two writers wait for each other. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function migrate(database: DatabaseSync, wanted: readonly Migration[]): void {
  database.exec(migrationTable);
  const rows = database.prepare('SELECT version FROM options_scan_migrations').all();
  const done = new Set(rows.map(({ version }) => Number(version)));
  const record = database.prepare('INSERT INTO options_scan_migrations VALUES (?, ?, ?)');
  for (const { version, name, statements } of wanted.filter((one) => !done.has(one.version))) {
    for (const statement of statements) database.exec(statement);
    record.run(version, name, new Date().toISOString());
  }
}

function assertVersion(database: DatabaseSync): void {
  const version = String(database.prepare('SELECT sqlite_version() AS version').get()?.version);
  if (version.localeCompare(OLDEST_SQLITE, 'en', { numeric: true }) >= 0) return;
  const advice = 'use Node ^22.23.3 or >= 24.15';
  throw new ScanError('SQLITE_TOO_OLD', `SQLite is ${version}, not ${OLDEST_SQLITE}: ${advice}`);
}
