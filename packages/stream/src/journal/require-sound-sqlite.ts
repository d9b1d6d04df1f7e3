import { isSoundSqlite, MillraceError, OLDEST_SOUND_SQLITE } from '@millrace/core';
import { STREAM_ERRORS } from '../base/stream-errors.ts';

/** @throws MillraceError JOURNAL_SQLITE_TOO_OLD */
export function requireSoundSqlite(version: string, nodeVersion = process.version): void {
  if (isSoundSqlite(version)) return;
  throw new MillraceError(
    'JOURNAL_SQLITE_TOO_OLD',
    `Node ${nodeVersion} carries SQLite ${version}, which can lose commits; a journal needs ${OLDEST_SOUND_SQLITE} or newer`,
    {
      details: { version, required: OLDEST_SOUND_SQLITE },
      help: STREAM_ERRORS.JOURNAL_SQLITE_TOO_OLD.fix,
    },
  );
}
