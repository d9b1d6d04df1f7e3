import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from './database.ts';
import { APPLICATION_ID, migrate, needsMigration } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';

const FIRST: Migration = {
  version: 1,
  sql: 'CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1)',
};
const SECOND: Migration = { version: 2, sql: 'ALTER TABLE a ADD COLUMN y INTEGER DEFAULT 5' };
const BROKEN: Migration = {
  version: 3,
  sql: 'CREATE TABLE b (x INTEGER); INSERT INTO nowhere VALUES (1)',
};

let database: Database;

beforeEach(() => {
  database = new Database(':memory:', { readOnly: false, busyTimeoutMs: 0 });
});
afterEach(() => database.close());

describe('migrate', () => {
  it('numbers its steps from 1 without gaps', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(
      MIGRATIONS.map((_, place) => place + 1),
    );
  });

  it('marks the file as ours, with the version of the last step', () => {
    migrate(database, 'x.db', [FIRST, SECOND]);
    expect(database.valueOf('PRAGMA application_id')).toBe(APPLICATION_ID);
    expect(database.valueOf('PRAGMA user_version')).toBe(2);
    expect(needsMigration(database, 'x.db', [FIRST, SECOND])).toBe(false);
  });

  it('runs only the steps that the file does not have', () => {
    migrate(database, 'x.db', [FIRST]);
    expect(needsMigration(database, 'x.db', [FIRST, SECOND])).toBe(true);
    migrate(database, 'x.db', [FIRST, SECOND]);
    migrate(database, 'x.db', [FIRST, SECOND]);
    expect(database.valueOf('SELECT sum(y) FROM a')).toBe(5);
  });

  it('leaves the file as it was when a step fails', () => {
    migrate(database, 'x.db', [FIRST]);
    expect(() => migrate(database, 'x.db', [FIRST, SECOND, BROKEN])).toThrow('nowhere');
    expect(database.valueOf('PRAGMA user_version')).toBe(1);
    expect(database.valueOf("SELECT count(*) FROM sqlite_schema WHERE name = 'b'")).toBe(0);
    expect(database.valueOf("SELECT count(*) FROM pragma_table_info('a')")).toBe(1);
  });
});
