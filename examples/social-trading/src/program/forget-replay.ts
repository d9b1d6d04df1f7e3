import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** Removes the ledger of an earlier replay; a replay that is not durable begins with nothing. */
export function forgetReplay(home: string): void {
  for (const ending of ['', '-wal', '-shm']) {
    rmSync(join(home, `social.db${ending}`), { force: true });
    rmSync(join(home, `journal.db${ending}`), { force: true });
  }
}
