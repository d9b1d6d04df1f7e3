import { type Clock, toThrownRecord } from '@millrace/core';
import type { AcceptedMessage, EndedMessage, MessageJournal } from '../journal/message-journal.ts';
import type { MessageFailure } from '../message/message-failure.ts';

interface Told {
  /** It outlasts a kill. */
  readonly done: () => void;
  /** The journal is broken. */
  readonly lost: () => void;
}

type Op =
  | (Told & { readonly kind: 'accepted'; readonly message: AcceptedMessage })
  | (Told & { readonly kind: 'ended'; readonly message: EndedMessage });

interface JournalWriterParts {
  readonly journal: MessageJournal;
  readonly clock: Clock;
  /** The journal failed; nothing is written any more. */
  readonly broke: (failure: MessageFailure) => void;
}

/** Writes what comes together in one commit: one sync of the disk for many messages. */
export class JournalWriter {
  readonly #parts: JournalWriterParts;
  #ops: Op[] = [];
  #writing: Promise<void> | undefined;
  #isBroken = false;
  #accepting = 0;

  constructor(parts: JournalWriterParts) {
    this.#parts = parts;
  }

  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Messages whose acceptance is not durable yet. */
  get accepting(): number {
    return this.#accepting;
  }

  accept(message: AcceptedMessage, told: Told): void {
    this.#accepting++;
    this.#add({ kind: 'accepted', message, ...told });
  }

  end(message: EndedMessage, told: Told): void {
    this.#add({ kind: 'ended', message, ...told });
  }

  /** What it holds cannot be read: who writes to it all the same could promise nothing. */
  unreadable(error: unknown): void {
    this.#fail(error, 'JOURNAL_UNUSABLE');
  }

  async settled(): Promise<void> {
    await this.#writing;
  }

  #add(op: Op): void {
    if (this.#isBroken) {
      if (op.kind === 'accepted') this.#accepting--;
      return op.lost();
    }
    this.#ops.push(op);
    this.#writing ??= this.#write();
  }

  async #write(): Promise<void> {
    // What comes in the same turn is committed together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#ops.length > 0) {
      const ops = this.#ops;
      this.#ops = [];
      const isWritten = await this.#commit(ops);
      for (const op of ops) {
        if (op.kind === 'accepted') this.#accepting--;
        if (isWritten) op.done();
        else op.lost();
      }
      // A commit blocks the event loop for as long as the disk takes.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#writing = undefined;
  }

  async #commit(ops: readonly Op[]): Promise<boolean> {
    if (this.#isBroken) return false;
    const { journal, clock } = this.#parts;
    try {
      await journal.commit({
        accepted: ops.flatMap((op) => (op.kind === 'accepted' ? [op.message] : [])),
        ended: ops.flatMap((op) => (op.kind === 'ended' ? [op.message] : [])),
        at: Math.floor(clock.now()),
      });
      return true;
    } catch (error) {
      this.#fail(error, 'JOURNAL_WRITE_FAILED');
      return false;
    }
  }

  #fail(error: unknown, code: string): void {
    if (this.#isBroken) return;
    this.#isBroken = true;
    const thrown = toThrownRecord(error);
    this.#parts.broke({ code: thrown.code ?? code, message: thrown.message, thrown });
  }
}
