import { type Stats, statSync } from 'node:fs';
import { storeError } from './store-failure.ts';

interface KnownFile {
  readonly file: string;
  readonly stats: Stats;
}

/**
 * The files that a connection has open. One that is deleted or replaced meanwhile can still be written through
 * the connection, and SQLite reports no error: what is committed then is gone with the process.
 */
export class OpenFile {
  readonly #path: string;
  readonly #known: readonly KnownFile[];

  /**
   * Call it when the log is there: a connection makes it with its first read, and none deletes it before the last
   * is closed.
   * @param path for messages
   */
  constructor(path: string, location: string) {
    this.#path = path;
    this.#known = [location, `${location}-wal`].flatMap((file) => {
      const stats = look(file);
      return stats === undefined ? [] : [{ file, stats }];
    });
  }

  /**
   * Call it after a commit and before that is told: what is told was then in the file that others will open. Two
   * microseconds a file.
   * @throws MillraceError STORE_REPLACED
   */
  check(): void {
    for (const { file, stats } of this.#known) {
      const now = look(file);
      if (now !== undefined && now.ino === stats.ino && now.dev === stats.dev) continue;
      const what = now === undefined ? 'is gone' : 'is another file now';
      throw storeError(
        'STORE_REPLACED',
        `${file} ${what}: the store ${this.#path} was deleted, moved or replaced while this process had it open`,
        { path: this.#path, details: { file } },
      );
    }
  }
}

function look(file: string): Stats | undefined {
  return statSync(file, { throwIfNoEntry: false });
}
