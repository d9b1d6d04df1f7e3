import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { messageOf, SocialError } from '../base/social-error.ts';

/** What the newest stream of a home left there, as `user_version` of its lock. */
const MARKS = { passing: 1, durable: 2 } as const;

/**
 * Takes a home for one process, and removes the ledger of a replay that was not meant to be kept. What is durable is never
 * removed. The lock is one of the operating system: a process that dies lets go.
 * @returns lets go of it
 * @throws SocialError HOME_UNUSABLE, HOME_HELD, HOME_DURABLE
 */
export function holdHome(home: string, durable: boolean): () => void {
  const lock = openLock(home);
  try {
    const isPassing = Number(lock.prepare('PRAGMA user_version').get()?.user_version) === 1;
    if (!durable && existsSync(join(home, 'journal.db'))) throw isDurable(home);
    if (!durable || isPassing) removeLedger(home);
    lock.exec(`PRAGMA user_version = ${durable ? MARKS.durable : MARKS.passing}`);
    return () => lock.close();
  } catch (error) {
    lock.close();
    throw error;
  }
}

function openLock(home: string): DatabaseSync {
  let lock: DatabaseSync | undefined;
  try {
    mkdirSync(home, { recursive: true });
    lock = new DatabaseSync(join(home, 'home.lock'), { timeout: 0 });
    // Kept from the first transaction to the close, over all commits.
    lock.exec('PRAGMA locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE; COMMIT');
    return lock;
  } catch (cause) {
    lock?.close();
    const said = messageOf(cause);
    if (said === 'database is locked')
      throw new SocialError(
        'HOME_HELD',
        `another process uses ${home}: wait for it, or give another --home`,
      );
    throw new SocialError('HOME_UNUSABLE', `the home ${home} cannot be used: ${said}`, { cause });
  }
}

function isDurable(home: string): SocialError {
  const message = `${home} keeps what a durable stream accepted, and this replay would begin with nothing: add --durable to go on, or give another --home`;
  return new SocialError('HOME_DURABLE', message);
}

function removeLedger(home: string): void {
  for (const ending of ['', '-wal', '-shm'])
    rmSync(join(home, `social.db${ending}`), { force: true });
}
