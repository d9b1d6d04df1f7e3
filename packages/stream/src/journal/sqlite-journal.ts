import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { DeadLetter } from '../message/dead-letter.ts';
import { journalError, toJournalError } from './journal-error.ts';
import type {
  JournalBatch,
  JournalContents,
  JournalCounts,
  MessageJournal,
  SeenWindow,
  UnfinishedMessage,
} from './message-journal.ts';
import { OpenJournal } from './open-journal.ts';

export interface SqliteJournalOptions {
  /**
   * When a commit is on disk: `full` (default) before it is told; `normal` outlasts the death of the process, and may
   * lose the newest commits with the machine.
   */
  readonly synchronous?: 'full' | 'normal';
  /** How long dead letters are kept, milliseconds. Default a week. */
  readonly keepDeadLettersMs?: number;
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
/** A journal in one file, which one process at a time has open; the lock goes with the process, however it ends. */
export class SqliteJournal implements MessageJournal {
  readonly name: string;
  readonly #path: string;
  readonly #options: Required<SqliteJournalOptions>;
  #open: OpenJournal | undefined;

  /** @param path of the file, which is made with its folder when the journal is first opened */
  constructor(path: string, options: SqliteJournalOptions = {}) {
    this.name = path;
    this.#path = resolve(path);
    this.#options = { synchronous: 'full', keepDeadLettersMs: WEEK_MS, ...options };
  }

  /** @throws MillraceError JOURNAL_HELD, JOURNAL_UNUSABLE */
  async open(at: number, window: SeenWindow): Promise<JournalContents> {
    if (this.#open !== undefined) {
      throw journalError('JOURNAL_HELD', `the journal ${this.name} is open already`, this.name);
    }
    return this.#guarded('open', () => {
      mkdirSync(dirname(this.#path), { recursive: true });
      const open = new OpenJournal(this.#path, this.name, window, this.#options);
      try {
        const contents = open.contents(at);
        this.#open = open;
        return contents;
      } catch (thrown) {
        open.close();
        throw thrown;
      }
    });
  }

  async unfinished(afterSeq: number, limit: number): Promise<readonly UnfinishedMessage[]> {
    return this.#guarded('use', () => this.#opened.unfinished(afterSeq, limit));
  }

  /** @throws MillraceError JOURNAL_WRITE_FAILED */
  async commit(batch: JournalBatch): Promise<void> {
    this.#guarded('use', () => this.#opened.commit(batch));
  }

  async counts(): Promise<JournalCounts> {
    return this.#guarded('use', () => this.#opened.counts());
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    return this.#guarded('use', () => this.#opened.deadLetters());
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    this.#guarded('use', () => open?.close());
  }

  get #opened(): OpenJournal {
    if (this.#open !== undefined) return this.#open;
    throw journalError('JOURNAL_UNUSABLE', `the journal ${this.name} is not open`, this.name);
  }

  #guarded<Value>(access: 'open' | 'use', body: () => Value): Value {
    try {
      return body();
    } catch (thrown) {
      throw toJournalError(thrown, this.name, access);
    }
  }
}
