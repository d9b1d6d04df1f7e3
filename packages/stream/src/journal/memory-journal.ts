import { decodeValue, MillraceError, viewValue } from '@millrace/core';
import { quote } from '../base/quote.ts';
import type { DeadLetter } from '../message/dead-letter.ts';
import type {
  AcceptedMessage,
  JournalBatch,
  JournalContents,
  JournalCounts,
  MessageJournal,
  SeenMessage,
  SeenWindow,
  UnfinishedMessage,
} from './message-journal.ts';

/** A journal that lives as long as the object: it outlasts a processor, and no kill. For tests. */
export class MemoryJournal implements MessageJournal {
  readonly name: string;
  readonly #unfinished = new Map<number, AcceptedMessage>();
  readonly #statuses = new Map<string, number>();
  readonly #letters: DeadLetter[] = [];
  #seen: SeenMessage[] = [];
  #received = 0;
  #lastSeq = 0;
  #isOpen = false;

  constructor(name = 'memory') {
    this.name = name;
  }

  async open(at: number, { windowMs, limit }: SeenWindow): Promise<JournalContents> {
    if (this.#isOpen) {
      throw new MillraceError('JOURNAL_HELD', `the journal ${quote(this.name)} is open already`, {
        details: { journal: this.name },
      });
    }
    this.#isOpen = true;
    this.#seen = this.#seen.filter(({ acceptedAt }) => acceptedAt + windowMs > at).slice(-limit);
    return { counts: await this.counts(), lastSeq: this.#lastSeq, seen: [...this.#seen] };
  }

  async unfinished(afterSeq: number, limit: number): Promise<readonly UnfinishedMessage[]> {
    const later = [...this.#unfinished.values()].filter(({ seq }) => seq > afterSeq);
    return later.slice(0, limit).map(({ value, ...message }) => {
      const decoded = decodeValue(value);
      return {
        ...message,
        value: decoded.ok
          ? { ok: true, value: viewValue(decoded.value) }
          : { ok: false, problem: decoded.problem.message },
      };
    });
  }

  async commit({ accepted, ended, at }: JournalBatch): Promise<void> {
    for (const message of accepted) {
      const { id, dedupeKey, acceptedAt, seq } = message;
      this.#unfinished.set(seq, message);
      this.#seen.push({ id, dedupeKey, acceptedAt });
      this.#lastSeq = Math.max(this.#lastSeq, seq);
      this.#received++;
    }
    for (const { seq, status, failure } of ended) {
      this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
      const message = seq === undefined ? undefined : this.#unfinished.get(seq);
      if (message === undefined) {
        this.#received++;
        continue;
      }
      this.#unfinished.delete(message.seq);
      if (failure === undefined) continue;
      const { id, key } = message;
      const decoded = decodeValue(message.value);
      const value = decoded.ok ? viewValue(decoded.value) : undefined;
      this.#letters.push({ id, key, value, status, failure, at });
    }
  }

  async counts(): Promise<JournalCounts> {
    return {
      received: this.#received,
      statuses: Object.fromEntries(this.#statuses),
      unfinished: this.#unfinished.size,
    };
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    return [...this.#letters];
  }

  async close(): Promise<void> {
    this.#isOpen = false;
  }
}
