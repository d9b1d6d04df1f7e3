import type { Database } from './database.ts';
import { isBusy } from './store-failure.ts';

const PAUSE_MS = 5;

/**
 * Switches the file to write-ahead logging, which it then keeps. Two processes that switch a new file
 * at once would each wait for the other, so SQLite fails one without waiting: that one tries again.
 * Test: several processes that open a new store at once all get it.
 * @returns false where the drive cannot do it
 */
export function useWriteAheadLog(database: Database, busyTimeoutMs: number): boolean {
  const deadline = performance.now() + busyTimeoutMs;
  for (;;) {
    try {
      return database.valueOf('PRAGMA journal_mode = WAL') === 'wal';
    } catch (thrown) {
      if (!isBusy(thrown) || performance.now() >= deadline) throw thrown;
      pause();
    }
  }
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}
