import { join } from 'node:path';
import { ArtifactFiles } from '../artifact-files.ts';
import type { Damage } from '../damage.ts';
import { Database } from '../database.ts';
import { migrate } from '../migrate.ts';
import { SqliteStore } from '../sqlite-store.ts';
import { createTemporaryFolder, removeFolder } from './temporary-folder.ts';

export interface FileStore {
  readonly folder: string;
  readonly path: string;
  readonly store: SqliteStore;
  /** The store's own connection, to set its pragmas or to change its rows by hand. */
  readonly database: Database;
  readonly damages: readonly Damage[];
  cleanUp(): void;
}

/** A store in a new folder, taken apart. */
export function createFileStore(inlineLimitBytes = 100): FileStore {
  const folder = createTemporaryFolder();
  const path = join(folder, 'millrace.db');
  const database = new Database(path, { readOnly: false, busyTimeoutMs: 0 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  migrate(database, path);
  const damages: Damage[] = [];
  const store = new SqliteStore({
    database,
    path,
    synchronous: 'full',
    files: new ArtifactFiles(`${path}.artifacts`),
    inlineLimitBytes,
    onDamage: (damage) => damages.push(damage),
  });
  const cleanUp = (): void => {
    store.close();
    removeFolder(folder);
  };
  return { folder, path, store, database, damages, cleanUp };
}
