import { encodeValue, sealValue } from '@millrace/core';
import type { MessageFailure } from '../message/message-failure.ts';
import { fromLine, toLine } from '../message/message-text.ts';
import type { Entry } from './entry.ts';
import { SpillFile } from './spill-file.ts';

/** Entries that wait in a file. */
export class SpilledEntries<T> {
  readonly #file: SpillFile;
  /** Who waits for an outcome cannot be written; whoever pushes so many holds as much. */
  readonly #listeners = new Map<number, NonNullable<Entry<T>['ended']>>();
  #number = 0;

  constructor(folder: string | undefined) {
    this.#file = new SpillFile(folder);
  }

  get size(): number {
    return this.#file.size;
  }

  /** Why entries wait in memory instead. */
  get problem(): unknown {
    return this.#file.problem;
  }

  /** @returns why it cannot be kept */
  push({ value, ended, ...entry }: Entry<T>): MessageFailure | undefined {
    const sealed = sealValue(value, 'message');
    if (!sealed.ok) {
      const message = `message ${JSON.stringify(entry.id)} cannot be stored: ${sealed.problem.message}`;
      return { code: 'MESSAGE_UNSTORABLE', message };
    }
    const number = ++this.#number;
    if (ended !== undefined) this.#listeners.set(number, ended);
    this.#file.push(toLine(encodeValue(sealed.value), [number, entry]).trimEnd());
    return undefined;
  }

  shift(): Entry<T> | undefined {
    const line = this.#file.shift();
    if (line === undefined) return undefined;
    const [value, [number, entry]] = fromLine(line);
    const ended = this.#listeners.get(Number(number));
    this.#listeners.delete(Number(number));
    const absent = { key: undefined, lane: undefined, dedupeKey: undefined, seq: undefined };
    // It is read as it was written a moment ago, by this process.
    return {
      ...absent,
      ...(entry as Entry<T>),
      value: (value.ok ? value.value : undefined) as T,
      ended,
    };
  }

  close(): void {
    this.#file.close();
  }
}
