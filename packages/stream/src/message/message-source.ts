import type { IncomingMessage } from './incoming-message.ts';

/** Where messages come from. One reader at a time. */
export interface MessageSource<T = unknown> {
  /** For logs, events and records. */
  readonly name: string;

  /**
   * Messages until the source ends, or until `signal` aborts, which ends it without an error. What was handed over
   * and not acknowledged comes again in a later reading, where the source remembers; so a message is at least once.
   * @throws where the source fails; reading may begin anew
   */
  read(signal: AbortSignal): AsyncIterable<IncomingMessage<T>>;

  /** Says that messages need not be given again. Absent where the source remembers nothing. */
  acknowledge?(ids: readonly string[]): Promise<void>;

  /** Gives back what the source holds, once nobody reads any more. */
  close?(): Promise<void>;
}
