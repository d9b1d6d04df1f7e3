import type { MessageOutcome } from '../message/message-outcome.ts';

/** A message that was accepted and has no final status yet. */
export interface Entry<T = unknown> {
  readonly id: string;
  readonly value: T;
  readonly key: string | undefined;
  readonly dedupeKey: string | undefined;
  /** The same as the key; messages without one wait for nobody. */
  readonly lane: string | undefined;
  /** Its place in the journal; undefined where it is in none. */
  readonly seq: number | undefined;
  /** On the monotonic clock. */
  readonly acceptedMs: number;
  /** The source is to be told when it is done. */
  readonly isToAcknowledge: boolean;
  /** It is the first of its id, and not one that came again meanwhile. */
  readonly isFirst: boolean;
  /** Told of the outcome. */
  readonly ended: ((outcome: MessageOutcome) => void) | undefined;
}
