import type { DeadLetter } from '../message/dead-letter.ts';
import { Database, type Statement } from './database.ts';
import { journalError } from './journal-error.ts';
import { sealOf, storedValue, textOf, toUnfinished } from './journal-rows.ts';
import { APPLICATION_ID, CREATE_TABLES, JOURNAL_VERSION } from './journal-tables.ts';
import type {
  AcceptedMessage,
  EndedMessage,
  JournalBatch,
  JournalContents,
  JournalCounts,
  SeenWindow,
  UnfinishedMessage,
} from './message-journal.ts';
import { requireSoundSqlite } from './require-sound-sqlite.ts';

export interface OpenJournalOptions {
  readonly synchronous: 'full' | 'normal';
  readonly keepDeadLettersMs: number;
}

/** A process that was just killed lets go of its lock within moments. */
const BUSY_TIMEOUT_MS = 2000;
/** The log is copied into the file after so many pages. */
const LOG_PAGES = 1000;
/** Ended messages are forgotten after so many commits. */
const FORGETS_EVERY = 64;

/** The connection, with what is prepared on it. */
export class OpenJournal {
  readonly #database: Database;
  readonly #window: SeenWindow;
  readonly #keepDeadLettersMs: number;
  readonly #insert: Statement;
  readonly #end: Statement;
  readonly #bury: Statement;
  readonly #remove: Statement;
  readonly #count: Statement;
  #commits = 0;

  constructor(
    path: string,
    name: string,
    window: SeenWindow,
    { synchronous, keepDeadLettersMs }: OpenJournalOptions,
  ) {
    const database = new Database(path, BUSY_TIMEOUT_MS);
    this.#database = database;
    this.#window = window;
    this.#keepDeadLettersMs = keepDeadLettersMs;
    try {
      requireSoundSqlite(String(database.valueOf('SELECT sqlite_version()')));
      // The lock of the file is kept until it is closed: it is the proof that there is one owner.
      database.exec('PRAGMA locking_mode = EXCLUSIVE');
      database.exec('PRAGMA journal_mode = WAL');
      database.exec(`PRAGMA synchronous = ${synchronous}`);
      database.exec(`PRAGMA wal_autocheckpoint = ${LOG_PAGES}`);
      prepareTables(database, name);
      this.#insert = database.prepare(
        'INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      );
      this.#end = database.prepare(
        'INSERT INTO ended SELECT seq, id, dedupe_key, accepted_at FROM messages WHERE seq = ?',
      );
      this.#bury = database.prepare(
        `INSERT INTO dead_letters SELECT seq, id, key, ?, ?, ?, codec, version, type, body, hash, bytes
         FROM messages WHERE seq = ?`,
      );
      this.#remove = database.prepare('DELETE FROM messages WHERE seq = ?');
      this.#count = database.prepare(
        `INSERT INTO counts VALUES (?, ?)
         ON CONFLICT (name) DO UPDATE SET count = count + excluded.count`,
      );
    } catch (thrown) {
      database.close();
      throw thrown;
    }
  }

  contents(at: number): JournalContents {
    this.#forget(at);
    const { windowMs, limit } = this.#window;
    const rows = this.#database
      .prepare(
        `SELECT * FROM (
           SELECT seq, id, dedupe_key, accepted_at FROM ended WHERE accepted_at > ?
           UNION ALL
           SELECT seq, id, dedupe_key, accepted_at FROM messages WHERE accepted_at > ?
           ORDER BY seq DESC LIMIT ?
         ) ORDER BY seq`,
      )
      .all(at - windowMs, at - windowMs, limit);
    const seen = rows.map((row) => ({
      id: String(row.id),
      dedupeKey: textOf(row.dedupe_key),
      acceptedAt: Number(row.accepted_at),
    }));
    const last = this.#database.valueOf(
      `SELECT max(seq) FROM (
         SELECT max(seq) AS seq FROM messages UNION ALL SELECT max(seq) FROM ended
         UNION ALL SELECT max(seq) FROM dead_letters
       )`,
    );
    return { counts: this.counts(), lastSeq: Number(last ?? 0), seen };
  }

  unfinished(afterSeq: number, limit: number): UnfinishedMessage[] {
    return this.#database
      .prepare('SELECT * FROM messages WHERE seq > ? ORDER BY seq LIMIT ?')
      .all(afterSeq, limit)
      .map(toUnfinished);
  }

  commit({ accepted, ended, at }: JournalBatch): void {
    this.#database.inTransaction(() => {
      for (const message of accepted) this.#insertMessage(message);
      const counts = new Map<string, number>();
      const add = (name: string, count: number): void =>
        void counts.set(name, (counts.get(name) ?? 0) + count);
      if (accepted.length > 0) add(RECEIVED, accepted.length);
      for (const each of ended) {
        add(`status ${each.status}`, 1);
        if (each.seq === undefined) add(RECEIVED, 1);
        else this.#endMessage(each, each.seq, at);
      }
      for (const [name, count] of counts) this.#count.run(name, count);
      if (++this.#commits % FORGETS_EVERY === 0) this.#forget(at);
    });
  }

  counts(): JournalCounts {
    const rows = this.#database.prepare('SELECT name, count FROM counts').all();
    const counts = new Map(rows.map(({ name, count }) => [String(name), Number(count)]));
    const received = counts.get(RECEIVED) ?? 0;
    counts.delete(RECEIVED);
    const statuses = Object.fromEntries(
      Array.from(counts, ([name, count]) => [name.slice('status '.length), count]),
    );
    const unfinished = Number(this.#database.valueOf('SELECT count(*) FROM messages'));
    return { received, statuses, unfinished };
  }

  deadLetters(): DeadLetter[] {
    const rows = this.#database.prepare('SELECT * FROM dead_letters ORDER BY seq').all();
    return rows.map((row) => {
      const value = storedValue(row);
      return {
        id: String(row.id),
        key: textOf(row.key),
        value: value.ok ? value.value : undefined,
        status: String(row.status),
        failure: JSON.parse(String(row.failure)),
        at: Number(row.at),
      };
    });
  }

  close(): void {
    this.#database.close();
  }

  #insertMessage(message: AcceptedMessage): void {
    const { seq, id, key = null, dedupeKey = null, acceptedAt, value } = message;
    const type = value.codec === 'bytes' ? value.type : null;
    const { codec, version, body, hash, byteLength } = value;
    const seal = sealOf(message, hash);
    this.#insert.run(
      seq,
      id,
      key,
      dedupeKey,
      acceptedAt,
      codec,
      version,
      type,
      body,
      hash,
      byteLength,
      seal,
    );
  }

  #endMessage({ status, failure }: EndedMessage, seq: number, at: number): void {
    if (failure !== undefined) this.#bury.run(at, status, JSON.stringify(failure), seq);
    this.#end.run(seq);
    this.#remove.run(seq);
  }

  /** What is outside of the window of the de-duplication; the newest stays, since it has the last number. */
  #forget(at: number): void {
    const { windowMs, limit } = this.#window;
    const database = this.#database;
    database
      .prepare(
        `DELETE FROM ended WHERE seq < (SELECT max(seq) FROM ended) AND
           (accepted_at <= ? OR seq <= (SELECT seq FROM ended ORDER BY seq DESC LIMIT 1 OFFSET ?))`,
      )
      .run(at - windowMs, limit);
    database.prepare('DELETE FROM dead_letters WHERE at <= ?').run(at - this.#keepDeadLettersMs);
  }
}

const RECEIVED = 'received';

function prepareTables(database: Database, name: string): void {
  const version = Number(database.valueOf('PRAGMA user_version'));
  const application = Number(database.valueOf('PRAGMA application_id'));
  if (application === APPLICATION_ID && version === JOURNAL_VERSION) return;
  const tables = Number(database.valueOf('SELECT count(*) FROM sqlite_schema'));
  if (application === APPLICATION_ID && version > JOURNAL_VERSION) {
    const message = `the journal ${name} is of version ${version}, which is newer than ${JOURNAL_VERSION}`;
    throw journalError('JOURNAL_UNUSABLE', message, name);
  }
  if (tables > 0) {
    throw journalError('JOURNAL_UNUSABLE', `${name} is a database, and no journal`, name);
  }
  database.inTransaction(() => {
    database.exec(CREATE_TABLES);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    database.exec(`PRAGMA user_version = ${JOURNAL_VERSION}`);
  });
}
