import type { Database } from '../database.ts';
import { isBusy } from '../store-failure.ts';

/**
 * Whether no other connection has the file open, of this process or another. With write-ahead logging each keeps
 * a shared lock for as long as it is open, which the system drops when its process dies; so an exclusive lock,
 * held for a moment, is proof. Who opens the file later sees all that was committed before.
 */
export function isSoleUser(database: Database): boolean {
  const waitMs = Number(database.valueOf('PRAGMA busy_timeout'));
  database.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE');
  try {
    database.inTransaction(() => {});
    return true;
  } catch (thrown) {
    if (isBusy(thrown)) return false;
    throw thrown;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${waitMs}; PRAGMA locking_mode = NORMAL`);
    // The lock is given back by the next statement that reads the file.
    database.valueOf('SELECT count(*) FROM sqlite_schema');
  }
}
