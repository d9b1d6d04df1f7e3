/** The first release of SQLite without the WAL-reset race, in which several connections can lose commits. */
export const OLDEST_SOUND_SQLITE = '3.51.3';

/** Whether an SQLite keeps what it has committed. @param version as `sqlite_version()` gives it */
export function isSoundSqlite(version: string): boolean {
  const oldest = OLDEST_SOUND_SQLITE.split('.').map(Number);
  for (const [place, part] of version.split('.').map(Number).entries()) {
    const difference = part - (oldest[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
