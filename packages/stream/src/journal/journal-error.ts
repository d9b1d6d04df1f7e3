import { types } from 'node:util';
import { MillraceError } from '@millrace/core';
import { STREAM_ERRORS } from '../base/stream-errors.ts';

type JournalErrorCode = 'JOURNAL_HELD' | 'JOURNAL_UNUSABLE' | 'JOURNAL_WRITE_FAILED';

/** SQLite's primary result codes that a healthy program can meet. */
const BUSY = 5;
const LOCKED = 6;
const CORRUPT = 11;
const NOTADB = 26;

/** An error of the journal itself: names the file, and says what to do as the catalogue does. */
export function journalError(
  code: JournalErrorCode,
  message: string,
  path: string,
  cause?: unknown,
): MillraceError {
  const { fix: help } = STREAM_ERRORS[code];
  return new MillraceError(code, message, { details: { path }, cause, help });
}

/** Turns what the driver or the file system threw into a coded error. */
export function toJournalError(thrown: unknown, path: string, access: 'open' | 'use'): unknown {
  if (!types.isNativeError(thrown) || thrown instanceof MillraceError) return thrown;
  const result: unknown = Reflect.get(thrown, 'errcode');
  const primary = typeof result === 'number' ? result & 0xff : undefined;
  const { message } = thrown;
  if (primary === BUSY || primary === LOCKED) {
    return journalError(
      'JOURNAL_HELD',
      `another process has the journal ${path} open`,
      path,
      thrown,
    );
  }
  if (primary === NOTADB || primary === CORRUPT || access === 'open') {
    const what = `the journal ${path} cannot be used: ${message}`;
    return journalError('JOURNAL_UNUSABLE', what, path, thrown);
  }
  const what = `the journal ${path} cannot be written: ${message}`;
  return journalError('JOURNAL_WRITE_FAILED', what, path, thrown);
}
