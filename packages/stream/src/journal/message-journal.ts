import type { EncodedValue, Result } from '@millrace/core';
import type { DeadLetter } from '../message/dead-letter.ts';
import type { MessageFailure } from '../message/message-failure.ts';

/** A message as it is accepted. */
export interface AcceptedMessage {
  /** Its place in the order of acceptance, which counts up. */
  readonly seq: number;
  readonly id: string;
  readonly key: string | undefined;
  readonly dedupeKey: string | undefined;
  /** Wall clock, milliseconds since 1970 UTC. */
  readonly acceptedAt: number;
  readonly value: EncodedValue;
}

/** A message without a final status, as it is read back. */
export interface UnfinishedMessage extends Omit<AcceptedMessage, 'value'> {
  /** The value, or what is wrong with the record of it. */
  readonly value: Result<unknown, string>;
}

/** A message that has its final status. */
export interface EndedMessage {
  /** Undefined: it was never accepted, such as a duplicate, and is only counted. */
  readonly seq: number | undefined;
  readonly status: string;
  /** Kept with the message, among the dead letters. */
  readonly failure: MessageFailure | undefined;
}

/** What becomes true together or not at all. */
export interface JournalBatch {
  readonly accepted: readonly AcceptedMessage[];
  readonly ended: readonly EndedMessage[];
  /** Wall clock, milliseconds since 1970 UTC. */
  readonly at: number;
}

/** What came before. */
export interface SeenMessage {
  readonly id: string;
  readonly dedupeKey: string | undefined;
  readonly acceptedAt: number;
}

/** For how long ended messages are known, and how many of them at most. */
export interface SeenWindow {
  readonly windowMs: number;
  readonly limit: number;
}

/** At every commit `received` is the sum of all statuses and of `unfinished`. */
export interface JournalCounts {
  readonly received: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly unfinished: number;
}

export interface JournalContents {
  readonly counts: JournalCounts;
  /** The last one that was given; 0 where there is none. */
  readonly lastSeq: number;
  /** Accepted within the window, oldest first. */
  readonly seen: readonly SeenMessage[];
}

/** Remembers messages over a kill: that they were accepted, and how they ended. One owner at a time. */
export interface MessageJournal {
  /** For logs, events and records. */
  readonly name: string;

  /**
   * Takes it over. Ended messages outside of the window are forgotten, and their counts kept.
   * @throws MillraceError JOURNAL_HELD while somebody else has it
   */
  open(at: number, window: SeenWindow): Promise<JournalContents>;

  /** Messages without a final status, in order. */
  unfinished(afterSeq: number, limit: number): Promise<readonly UnfinishedMessage[]>;

  /** Resolves once the batch outlasts a kill. */
  commit(batch: JournalBatch): Promise<void>;

  counts(): Promise<JournalCounts>;

  /** Messages that failed, oldest first. */
  deadLetters(): Promise<readonly DeadLetter[]>;

  close(): Promise<void>;
}
