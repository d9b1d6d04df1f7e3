import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { migrations } from './migrations.ts';
import { SqliteRunLedger } from './sqlite-run-ledger.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daily-macro-ledger-'));
  path = join(folder, 'deep', 'runs.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the SQLite file of a ledger', () => {
  it('is migrated once, also when two open it at a time', async () => {
    const both = [new SqliteRunLedger(path), new SqliteRunLedger(path)];
    await Promise.all(both.map((ledger) => ledger.close()));
    const database = new DatabaseSync(path);
    const applied = database.prepare('SELECT version FROM daily_macro_migrations').all();
    expect(applied).toHaveLength(migrations.length);
    database.close();
  });

  it('has the index on run_date', async () => {
    await new SqliteRunLedger(path).close();
    const database = new DatabaseSync(path);
    const indexes = database.prepare("PRAGMA index_info('pipeline_runs_run_date')").all();
    expect(indexes.map((index) => index.name)).toEqual(['run_date']);
    database.close();
  });

  it('is left without any part of a migration that fails', () => {
    const statements = ['CREATE TABLE extra (a INTEGER)', 'NONSENSE'];
    const broken = { version: 3, name: 'broken', statements };
    expect(() => new SqliteRunLedger(path, [...migrations, broken])).toThrow('NONSENSE');
    const database = new DatabaseSync(path);
    expect(database.prepare('SELECT name FROM sqlite_master').all()).toEqual([]);
    database.close();
  });
});
