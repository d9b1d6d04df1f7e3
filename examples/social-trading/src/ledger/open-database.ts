import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { messageOf, SocialError } from '../base/social-error.ts';
import { migrations } from './migrations.ts';

/** Older versions can lose commits when several connections write and checkpoint (the WAL-reset race). */
const OLDEST_SQLITE = '3.51.3';
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens or creates the file and its folder, and brings its tables up to date.
 * @param isDurable whether what was written is on the disk before anybody is told of it; else a kill of the process loses
 * nothing, and one of the machine may
 * @throws SocialError LEDGER_UNUSABLE
 */
export function openDatabase(path: string, isDurable: boolean): DatabaseSync {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    assertVersion(database);
    database.exec('PRAGMA journal_mode = WAL');
    database.exec(`PRAGMA synchronous = ${isDurable ? 'FULL' : 'OFF'}`);
    database.exec('PRAGMA foreign_keys = ON');
    inTransaction(database, () => migrate(database));
    return database;
  } catch (cause) {
    const message = `the ledger ${path} cannot be used: ${messageOf(cause)}`;
    throw new SocialError('LEDGER_UNUSABLE', message, { cause });
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
    // A full disk ends the transaction by itself; a second error would hide the first one.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function migrate(database: DatabaseSync): void {
  const done = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  const newest = migrations.at(-1)?.version ?? 0;
  if (done > newest)
    throw new SocialError('LEDGER_TOO_NEW', `it has version ${done}, expected at most ${newest}`);
  for (const { version, statements } of migrations.filter((one) => one.version > done)) {
    for (const statement of statements) database.exec(statement);
    database.exec(`PRAGMA user_version = ${version}`);
  }
}

function assertVersion(database: DatabaseSync): void {
  const version = String(database.prepare('SELECT sqlite_version() AS version').get()?.version);
  if (version.localeCompare(OLDEST_SQLITE, 'en', { numeric: true }) >= 0) return;
  const advice = 'use Node ^22.23.3 or >= 24.15';
  throw new SocialError('SQLITE_TOO_OLD', `SQLite is ${version}, not ${OLDEST_SQLITE}: ${advice}`);
}
