import { MillraceError } from '@millrace/core';
import { STREAM_ERRORS } from '../base/stream-errors.ts';

/** The first release without the WAL-reset race. */
const OLDEST_SOUND = [3, 51, 3] as const;

/** @throws MillraceError JOURNAL_SQLITE_TOO_OLD */
export function requireSoundSqlite(version: string, nodeVersion = process.version): void {
  const parts = version.split('.').map(Number);
  for (const [place, oldest] of OLDEST_SOUND.entries()) {
    const part = parts[place] ?? 0;
    if (part > oldest) return;
    if (part === oldest) continue;
    const required = OLDEST_SOUND.join('.');
    throw new MillraceError(
      'JOURNAL_SQLITE_TOO_OLD',
      `Node ${nodeVersion} carries SQLite ${version}, which can lose commits; a journal needs ${required} or newer`,
      { details: { version, required }, help: STREAM_ERRORS.JOURNAL_SQLITE_TOO_OLD.fix },
    );
  }
}
