import type { MessageFailure } from './message-failure.ts';

/** A message that failed, with all that is needed to look into it or to send it again. */
export interface DeadLetter {
  readonly id: string;
  readonly key: string | undefined;
  /** As the source gave it; undefined where it cannot be read any more. */
  readonly value: unknown;
  readonly status: string;
  readonly failure: MessageFailure;
  /** Wall clock, milliseconds since 1970 UTC. */
  readonly at: number;
}
