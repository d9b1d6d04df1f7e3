import { types } from 'node:util';
import { MillraceError } from '@millrace/core';
import { type SqliteErrorCode, sqliteErrors } from './error-catalog.ts';

/** What the store was about to do; an error of the disk means something else for each. */
export type StoreAccess = 'open' | 'read' | 'write';

interface Finding {
  readonly code: SqliteErrorCode;
  readonly what: string;
}

/** SQLite's primary result codes that a healthy program can meet. */
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** Of IOERR: a write, or the growth of the log's index, was refused. SQLite itself names neither as a full disk. */
const IOERR_WRITE = 778;
const IOERR_SHMSIZE = 4874;

const DISK_CODES = new Set([
  'ENOSPC',
  'EDQUOT',
  'EFBIG',
  'EROFS',
  'EACCES',
  'EPERM',
  'EIO',
  'ENOTDIR',
  'EEXIST',
  'ELOOP',
  'ENAMETOOLONG',
]);

/** An error of the store itself: names the file, and says what to do as the catalog does. */
export function storeError(
  code: SqliteErrorCode,
  message: string,
  options: { readonly path: string; readonly cause?: unknown; readonly details?: object },
): MillraceError {
  return new MillraceError(code, message, {
    details: { path: options.path, ...options.details },
    cause: options.cause,
    help: sqliteErrors[code].fix,
  });
}

/** Turns what the driver or the file system threw into a coded error; anything else is left as it is. */
export function toStoreError(thrown: unknown, path: string, access: StoreAccess): unknown {
  // The driver's errors may come from another realm, where instanceof does not know them.
  if (!types.isNativeError(thrown) || thrown instanceof MillraceError) return thrown;
  const finding = findingOf(thrown, access);
  if (finding === undefined) return thrown;
  const message = `${finding.what}: ${path} (${thrown.message})`;
  return storeError(finding.code, message, { path, cause: thrown });
}

/** Whether the driver met a lock of another connection. */
export function isBusy(thrown: unknown): boolean {
  return types.isNativeError(thrown) && primaryResult(thrown) === BUSY;
}

/** Whether the disk refused what was asked, rather than that the file is no store. */
export function isDiskError(thrown: unknown): boolean {
  if (!types.isNativeError(thrown)) return false;
  return [IOERR, FULL, CANTOPEN].some((result) => result === primaryResult(thrown));
}

/** The low byte is the primary result code, the rest says more about it. */
function primaryResult(thrown: Error): number | undefined {
  const result: unknown = Reflect.get(thrown, 'errcode');
  return typeof result === 'number' ? result & 0xff : undefined;
}

function findingOf(thrown: Error, access: StoreAccess): Finding | undefined {
  const code: unknown = Reflect.get(thrown, 'code');
  const result = primaryResult(thrown);
  const extended: unknown = Reflect.get(thrown, 'errcode');
  if (extended === IOERR_WRITE || extended === IOERR_SHMSIZE) {
    const what = 'the disk refuses what is written to the store, most likely because it is full';
    return { code: 'STORE_WRITE_FAILED', what };
  }
  if (code === 'ERR_SQLITE_ERROR' && result !== undefined) return findingOfResult(result, access);
  if (code === 'ERR_INVALID_STATE') return { code: 'STORE_CLOSED', what: 'the store is closed' };
  // node:sqlite refuses integers past 2^53, which Millrace never writes.
  if (code === 'ERR_OUT_OF_RANGE') return { code: 'STORE_CORRUPT', what: 'the store is damaged' };
  if (typeof code === 'string' && DISK_CODES.has(code)) return diskFinding(access);
  return undefined;
}

function findingOfResult(primary: number, access: StoreAccess): Finding | undefined {
  switch (primary) {
    case BUSY:
    case LOCKED:
      return { code: 'STORE_BUSY', what: 'another process keeps the store locked' };
    case FULL:
      return { code: 'STORE_WRITE_FAILED', what: 'there is no space left for the store' };
    case CORRUPT:
      if (access !== 'open') return { code: 'STORE_CORRUPT', what: 'the store is damaged' };
      return { code: 'STORE_UNUSABLE', what: 'the store is damaged or cut off' };
    case NOTADB:
      return { code: 'STORE_UNUSABLE', what: 'the store is not an SQLite database' };
    case READONLY:
    case IOERR:
    case CANTOPEN:
      return diskFinding(access);
    default:
      // Opening runs no statement that a sound store could refuse.
      if (access !== 'open') return undefined;
      return { code: 'STORE_UNUSABLE', what: 'the store has other tables than expected' };
  }
}

function diskFinding(access: StoreAccess): Finding {
  switch (access) {
    case 'open':
      return { code: 'STORE_UNUSABLE', what: 'the store cannot be opened' };
    case 'read':
      return { code: 'STORE_READ_FAILED', what: 'the store cannot be read' };
    case 'write':
      return { code: 'STORE_WRITE_FAILED', what: 'the store cannot be written' };
  }
}
