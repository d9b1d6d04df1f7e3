import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ArtifactFiles } from './artifact-files.ts';
import { describeDamage, type OnDamage } from './damage.ts';
import { Database } from './database.ts';
import { migrate, needsMigration } from './migrate.ts';
import { SqliteStore, type Synchronous } from './sqlite-store.ts';
import { requireSoundSqlite } from './sqlite-version.ts';
import { storeError, toStoreError } from './store-failure.ts';
import { useWriteAheadLog } from './write-ahead-log.ts';

export interface SqliteStoreOptions {
  /**
   * When a commit is on disk: `full` (default) before it returns; `normal` survives the death of the
   * process but may lose the newest commits with the machine; `off` may lose the file with it.
   */
  readonly synchronous?: Synchronous;
  /** For looking at runs, also while they go on in another process. Default false. */
  readonly readOnly?: boolean;
  /** How long to wait for the lock of another process. Default 10,000. */
  readonly busyTimeoutMs?: number;
  /** A larger value lies in a file of its own, in the folder `PATH.artifacts`. Default 1 MiB. */
  readonly inlineLimitBytes?: number;
  /** Told of each damaged record; the default is a warning of the process. */
  readonly onDamage?: OnDamage;
}

const DEFAULTS = {
  synchronous: 'full',
  readOnly: false,
  busyTimeoutMs: 10_000,
  inlineLimitBytes: 2 ** 20,
  onDamage: (damage) =>
    process.emitWarning(describeDamage(damage), { type: 'MillraceWarning', code: 'STORE_CORRUPT' }),
} as const satisfies Required<SqliteStoreOptions>;

type Settings = Required<SqliteStoreOptions>;

const IN_MEMORY = ':memory:';

/**
 * Opens the store in the file at `path`, or in memory for `:memory:`. A missing file and its folder
 * are made. A file that is anything else than a store is left exactly as it is.
 * @throws MillraceError SQLITE_TOO_OLD, STORE_MISSING, STORE_NEWER, STORE_UNUSABLE, STORE_BUSY
 */
export function openSqliteStore(path: string, options: SqliteStoreOptions = {}): SqliteStore {
  const settings = { ...DEFAULTS, ...options };
  const location = path === IN_MEMORY ? IN_MEMORY : resolve(path);
  try {
    return open(path, location, settings);
  } catch (thrown) {
    throw toStoreError(thrown, path, 'open');
  }
}

function open(path: string, location: string, settings: Settings): SqliteStore {
  const inMemory = location === IN_MEMORY;
  const access = inMemory ? { location, readOnly: false } : prepareFile(path, location, settings);
  const database = new Database(access.location, { ...settings, readOnly: access.readOnly });
  const files = inMemory ? undefined : new ArtifactFiles(`${location}.artifacts`);
  try {
    requireSoundSqlite(String(database.valueOf('SELECT sqlite_version()')));
    prepareTables(database, path, { ...settings, readOnly: access.readOnly, inMemory });
    database.exec(`PRAGMA synchronous = ${settings.synchronous}`);
    if (settings.readOnly) database.exec('PRAGMA query_only = ON');
    else files?.removeAbandoned();
    return new SqliteStore({ ...settings, database, path, files });
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

interface FileAccess {
  readonly location: string | URL;
  readonly readOnly: boolean;
}

/** Checks what SQLite would pass over in silence, and makes the folder of a new file. */
function prepareFile(path: string, location: string, { readOnly }: Settings): FileAccess {
  // In this order: a new file is never empty once it has a log.
  const logBytes = statSync(`${location}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const found = statSync(location, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    throw storeError('STORE_UNUSABLE', `${path} is a folder, not a store`, { path });
  }
  if (found === undefined && readOnly) {
    throw storeError('STORE_MISSING', `there is no store at ${path}`, { path });
  }
  if (found?.size === 0 && logBytes > 0) {
    // SQLite would take the file for new and delete the log, with all that may be saved from it.
    throw storeError('STORE_UNUSABLE', `${path} is empty although its log ${path}-wal is not`, {
      path,
    });
  }
  if (found === undefined) mkdirSync(dirname(location), { recursive: true });
  if (readOnly) return readerAccess(location);
  if (found !== undefined) accessSync(location, constants.W_OK);
  // The log and its index are made beside the file.
  accessSync(dirname(location), constants.W_OK);
  return { location, readOnly: false };
}

/**
 * A reader that may write also recovers the log of a killed process and removes it at the end. One
 * that may not even make the index of the log reads the file as it lies there.
 */
function readerAccess(location: string): FileAccess {
  const folderIsWritable = isWritable(dirname(location));
  if (folderIsWritable && isWritable(location)) return { location, readOnly: false };
  if (folderIsWritable || existsSync(`${location}-wal`)) return { location, readOnly: true };
  const still = pathToFileURL(location);
  still.searchParams.set('immutable', '1');
  return { location: still, readOnly: true };
}

function prepareTables(
  database: Database,
  path: string,
  options: Pick<Settings, 'readOnly' | 'busyTimeoutMs'> & { readonly inMemory: boolean },
): void {
  const outdated = database.inSnapshot(() => needsMigration(database, path));
  if (options.readOnly) {
    if (!outdated) return;
    throw storeError(
      'STORE_UNUSABLE',
      `${path} was written by an older Millrace and cannot be brought up to date here, because it is read-only`,
      { path },
    );
  }
  if (!options.inMemory && !useWriteAheadLog(database, options.busyTimeoutMs)) {
    throw storeError(
      'STORE_UNUSABLE',
      `${path} lies on a drive without the shared memory that SQLite needs for several processes, such as a network drive`,
      { path },
    );
  }
  if (outdated) migrate(database, path);
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
