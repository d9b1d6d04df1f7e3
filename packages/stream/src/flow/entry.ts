import type { MessageOutcome } from '../message/message-outcome.ts';

/** A message that was accepted and has no final status yet. */
export interface Entry<T = unknown> {
  readonly id: string;
  readonly value: T;
  readonly key: string | undefined;
  /** The same as the key; messages without one wait for nobody. */
  readonly lane: string | undefined;
  /** On the monotonic clock. */
  readonly acceptedMs: number;
  /** It came from the source, which wants to know that it is done. */
  readonly isFromSource: boolean;
  /** Told of the outcome. */
  readonly ended: ((outcome: MessageOutcome) => void) | undefined;
}
