import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { Database } from './database.ts';

/** How long to wait for another process that is writing. */
const BUSY_MS = 10_000;

/**
 * What is wrong with a store's file as a file: pages, indexes and constraints of the database, and temporary
 * files that were left behind. Empty for a sound one; the checksum of each record is checked when it is read.
 */
export function checkStoreFile(path: string): readonly string[] {
  const location = resolve(path);
  const database = new Database(location, { readOnly: true, busyTimeoutMs: BUSY_MS });
  try {
    const found = database.prepare('PRAGMA integrity_check').all();
    const faults = found
      .map((row) => String(Object.values(row)[0]))
      .filter((text) => text !== 'ok');
    const left = namesIn(`${location}.artifacts/tmp`).map((name) => `the file tmp/${name} is left`);
    return [...faults, ...left];
  } finally {
    database.close();
  }
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
