import { accessSync, constants, existsSync, mkdirSync, type Stats } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ArtifactFiles } from './artifact-files.ts';
import { describeDamage, type OnDamage } from './damage.ts';
import { Database } from './database.ts';
import { holdsNothing, migrate, needsMigration } from './migrate.ts';
import { OpenFile } from './open-file.ts';
import { isLeftEmpty, refuseLeftValues, refuseRemains, sizeOf } from './remains.ts';
import { SqliteStore, type Synchronous } from './sqlite-store.ts';
import { requireSoundSqlite } from './sqlite-version.ts';
import { isDiskError, storeError, toStoreError } from './store-failure.ts';
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
} as const satisfies SqliteStoreOptions;

type Settings = Required<SqliteStoreOptions>;

const IN_MEMORY = ':memory:';

/**
 * Opens the store in the file at `path`, or in memory for `:memory:`. A missing file and its folder
 * are made. A file that is anything else than a store is left exactly as it is.
 * @throws MillraceError SQLITE_TOO_OLD, STORE_MISSING, STORE_NEWER, STORE_UNUSABLE, STORE_BUSY
 */
export function openSqliteStore(path: string, options: SqliteStoreOptions = {}): SqliteStore {
  const settings = { ...DEFAULTS, onDamage: warnOnce(), ...options };
  const location = path === IN_MEMORY ? IN_MEMORY : resolve(path);
  try {
    if (location === IN_MEMORY) return open(path, { location, readOnly: false }, settings);
    const access = prepareFile(path, location, settings);
    try {
      return open(path, access, settings);
    } catch (thrown) {
      // The index of the log needs space, too. Without a log the file can be read as it lies there.
      if (!settings.readOnly || !isDiskError(thrown) || sizeOf(`${location}-wal`) > 0) throw thrown;
      return open(path, asItLies(location), settings);
    }
  } catch (thrown) {
    throw toStoreError(thrown, path, 'open');
  }
}

/**
 * So many pages of the log are copied into the file at once, and then written over. A log that grows costs a sync
 * about twice the time, so that few small commits are soon past it; each copy costs two syncs of its own.
 */
const LOG_PAGES = 250;

interface FileAccess {
  readonly location: string | URL;
  readonly readOnly: boolean;
  /** What lay at the path, of a file. */
  readonly found?: Stats | undefined;
}

function open(path: string, access: FileAccess, settings: Settings): SqliteStore {
  const inMemory = access.location === IN_MEMORY;
  const database = new Database(access.location, { ...settings, readOnly: access.readOnly });
  const location = resolve(path);
  const files = path === IN_MEMORY ? undefined : new ArtifactFiles(`${location}.artifacts`);
  try {
    requireSoundSqlite(String(database.valueOf('SELECT sqlite_version()')));
    tellEmpty(database, path, access);
    prepareTables(database, path, { ...settings, readOnly: access.readOnly, inMemory });
    database.exec(`PRAGMA synchronous = ${settings.synchronous}`);
    database.exec(`PRAGMA wal_autocheckpoint = ${LOG_PAGES}`);
    if (settings.readOnly) database.exec('PRAGMA query_only = ON');
    else files?.removeAbandoned();
    const openFile = inMemory || settings.readOnly ? undefined : new OpenFile(path, location);
    return new SqliteStore({ ...settings, database, path, files, openFile });
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** Checks what SQLite would pass over in silence, and makes the folder of a new file. */
function prepareFile(path: string, location: string, { readOnly }: Settings): FileAccess {
  const found = refuseRemains(path, location);
  if (found?.isDirectory()) {
    throw storeError('STORE_UNUSABLE', `${path} is a folder, not a store`, { path });
  }
  if (found === undefined && readOnly) {
    throw storeError('STORE_MISSING', `there is no store at ${path}`, { path });
  }
  if (found === undefined) mkdirSync(dirname(location), { recursive: true });
  if (readOnly) return { ...readerAccess(location, found), found };
  if (found !== undefined) accessSync(location, constants.W_OK);
  // The log and its index are made beside the file.
  accessSync(dirname(location), constants.W_OK);
  return { location, readOnly: false, found };
}

/**
 * A reader that may write also recovers the log of a killed process and removes it at the end. One
 * that may not even make the index of the log reads the file as it lies there. Of an empty file it makes nothing.
 */
function readerAccess(location: string, found: Stats | undefined): FileAccess {
  if (found?.size === 0) return { location: IN_MEMORY, readOnly: false };
  const folderIsWritable = isWritable(dirname(location));
  if (folderIsWritable && isWritable(location)) return { location, readOnly: false };
  if (folderIsWritable || existsSync(`${location}-wal`)) return { location, readOnly: true };
  return asItLies(location);
}

function asItLies(location: string): FileAccess {
  const still = pathToFileURL(location);
  still.searchParams.set('immutable', '1');
  return { location: still, readOnly: true };
}

/**
 * A process that is killed while it makes a store leaves a file without tables, which is then begun anew. So does
 * whoever empties a store or deletes its log, and that is not passed over in silence.
 * @throws MillraceError STORE_UNUSABLE
 */
function tellEmpty(database: Database, path: string, { found }: FileAccess): void {
  if (found === undefined || !database.inSnapshot(() => holdsNothing(database))) return;
  refuseLeftValues(path, resolve(path));
  if (!isLeftEmpty(found)) return;
  process.emitWarning(
    `${path} was there and holds nothing: it was left so by a process that was killed as it made it, or it was emptied, or its log ${path}-wal was deleted`,
    { type: 'MillraceWarning', code: 'STORE_EMPTY' },
  );
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

/** A damaged record is met whenever it is read, and told once. */
function warnOnce(): OnDamage {
  const told = new Set<string>();
  return (damage) => {
    const text = describeDamage(damage);
    if (told.has(text)) return;
    told.add(text);
    process.emitWarning(text, { type: 'MillraceWarning', code: 'STORE_CORRUPT' });
  };
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
