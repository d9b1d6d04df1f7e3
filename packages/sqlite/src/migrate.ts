import type { Database } from './database.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';
import { storeError } from './store-failure.ts';

/** `MLRC`: tells our files from those of other programs. */
export const APPLICATION_ID = 0x4d4c5243;

/** What a file is, by its header and tables. */
type FileState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'ours'; readonly version: number }
  | { readonly kind: 'foreign'; readonly applicationId: number };

/**
 * Refuses a file that is not ours to write. It changes nothing. Call it within a transaction: between
 * two of its reads another process may make the tables.
 * @returns true when the tables are not yet as this Millrace needs them
 * @throws MillraceError STORE_UNUSABLE, STORE_NEWER
 */
export function needsMigration(
  database: Database,
  path: string,
  migrations: readonly Migration[] = MIGRATIONS,
): boolean {
  const state = inspect(database);
  const newest = migrations.at(-1)?.version ?? 0;
  switch (state.kind) {
    case 'empty':
      return true;
    case 'foreign':
      throw storeError(
        'STORE_UNUSABLE',
        `${path} is an SQLite database of another program (application id ${state.applicationId}), not a Millrace store`,
        { path, details: { applicationId: state.applicationId, expected: APPLICATION_ID } },
      );
    case 'ours':
      if (state.version <= newest) return state.version < newest;
      throw storeError(
        'STORE_NEWER',
        `${path} was written by a newer Millrace: its tables have version ${state.version}, this Millrace knows up to ${newest}`,
        { path, details: { version: state.version, supported: newest } },
      );
  }
}

/** Whether a store can be made in it. Call it within a transaction. */
export function holdsNothing(database: Database): boolean {
  return inspect(database).kind === 'empty';
}

/** Brings the tables up to date in one transaction; of several processes at once, one does it. */
export function migrate(
  database: Database,
  path: string,
  migrations: readonly Migration[] = MIGRATIONS,
): void {
  database.inTransaction(() => {
    if (!needsMigration(database, path, migrations)) return;
    const version = Number(database.valueOf('PRAGMA user_version'));
    for (const step of migrations) {
      if (step.version <= version) continue;
      database.exec(step.sql);
      database.exec(`PRAGMA user_version = ${step.version}`);
    }
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  });
}

function inspect(database: Database): FileState {
  const applicationId = Number(database.valueOf('PRAGMA application_id'));
  const version = Number(database.valueOf('PRAGMA user_version'));
  if (applicationId === APPLICATION_ID) return { kind: 'ours', version };
  const tables = Number(database.valueOf('SELECT count(*) FROM sqlite_schema'));
  if (applicationId === 0 && version === 0 && tables === 0) return { kind: 'empty' };
  return { kind: 'foreign', applicationId };
}
