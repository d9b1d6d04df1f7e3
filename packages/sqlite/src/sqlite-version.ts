import { MillraceError } from '@millrace/core';
import { sqliteErrors } from './error-catalog.ts';

/** The first release without the WAL-reset race, in which several connections can lose commits. */
export const OLDEST_SOUND_SQLITE = '3.51.3';

/**
 * Refuses an SQLite that can lose committed runs.
 * @throws MillraceError SQLITE_TOO_OLD
 */
export function requireSoundSqlite(version: string, nodeVersion = process.version): void {
  if (compareVersions(version, OLDEST_SOUND_SQLITE) >= 0) return;
  throw new MillraceError(
    'SQLITE_TOO_OLD',
    `Node ${nodeVersion} carries SQLite ${version}, which can lose commits; Millrace needs SQLite ${OLDEST_SOUND_SQLITE} or newer`,
    {
      details: { version, required: OLDEST_SOUND_SQLITE, node: nodeVersion },
      help: sqliteErrors.SQLITE_TOO_OLD.fix,
    },
  );
}

function compareVersions(left: string, right: string): number {
  const theirs = right.split('.').map(Number);
  for (const [place, part] of left.split('.').map(Number).entries()) {
    const difference = part - (theirs[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
