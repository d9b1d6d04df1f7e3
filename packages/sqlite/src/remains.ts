import { closeSync, openSync, readdirSync, readSync, type Stats, statSync } from 'node:fs';
import { storeError } from './store-failure.ts';

/** A file that was written so recently may be one that another process is making at this moment. */
const FRESH_MS = 10_000;

/** The two signs with which a log begins; the last bit tells the byte order of its checksums. */
const LOG_SIGNS = new Set([0x377f0682, 0x377f0683]);

/**
 * Refuses a file without content where there was a store: SQLite would take it for new, and delete the log with all
 * that may be saved from it. Nothing is changed.
 * @throws MillraceError STORE_UNUSABLE, STORE_CORRUPT
 */
export function refuseRemains(path: string, location: string): Stats | undefined {
  // In this order: a new file is never empty once it has a log.
  const log = sizeOf(`${location}-wal`);
  const found = statSync(location, { throwIfNoEntry: false });
  if (found?.isDirectory()) return found;
  if ((found?.size ?? 0) === 0 && log > 0) {
    const what = found === undefined ? 'is gone' : 'is empty';
    throw storeError('STORE_UNUSABLE', `${path} ${what} although its log ${path}-wal is not`, {
      path,
      details: { log: `${path}-wal` },
    });
  }
  if (log > 0 && !isLog(`${location}-wal`)) {
    throw storeError(
      'STORE_CORRUPT',
      `the log ${path}-wal holds something else than a log, and with it the newest commits of ${path} are lost`,
      { path, details: { log: `${path}-wal` } },
    );
  }
  if (found?.size === 0) refuseLeftValues(path, location);
  return found;
}

/**
 * Refuses to begin anew beside the large values of a store.
 * @throws MillraceError STORE_UNUSABLE
 */
export function refuseLeftValues(path: string, location: string): void {
  const folder = `${location}.artifacts`;
  if (!holdsValues(folder)) return;
  throw storeError(
    'STORE_UNUSABLE',
    `${path} holds nothing although ${path}.artifacts holds large values: it was emptied, or lost its log ${path}-wal`,
    { path, details: { artifacts: folder } },
  );
}

/** Whether a file without content lies there for long enough that something must have ended its making. */
export function isLeftEmpty(found: Stats | undefined): boolean {
  return found !== undefined && Math.abs(Date.now() - found.mtimeMs) > FRESH_MS;
}

export function sizeOf(file: string): number {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats?.isFile() === true ? stats.size : 0;
}

/** Zeros are no damage: after a power cut they stand for what was never synced, and so never told. */
function isLog(file: string): boolean {
  const sign = Buffer.alloc(4);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, sign, 0, sign.length, 0);
  } finally {
    closeSync(descriptor);
  }
  const value = sign.readUInt32BE();
  return value === 0 || LOG_SIGNS.has(value);
}

function holdsValues(folder: string): boolean {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return false;
  return readdirSync(folder).some(
    (name) => name !== 'tmp' && readdirSync(`${folder}/${name}`).length > 0,
  );
}
