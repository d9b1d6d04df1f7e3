import { isSoundSqlite, MillraceError, OLDEST_SOUND_SQLITE } from '@millrace/core';
import { sqliteErrors } from './error-catalog.ts';

/**
 * Refuses an SQLite that can lose committed runs.
 * @throws MillraceError SQLITE_TOO_OLD
 */
export function requireSoundSqlite(version: string, nodeVersion = process.version): void {
  if (isSoundSqlite(version)) return;
  throw new MillraceError(
    'SQLITE_TOO_OLD',
    `Node ${nodeVersion} carries SQLite ${version}, which can lose commits; Millrace needs SQLite ${OLDEST_SOUND_SQLITE} or newer`,
    {
      details: { version, required: OLDEST_SOUND_SQLITE, node: nodeVersion },
      help: sqliteErrors.SQLITE_TOO_OLD.fix,
    },
  );
}
