import type { OutgoingMessage } from './outgoing-message.ts';

/** Where messages go. */
export interface MessageSink<T = unknown> {
  /** For logs, events and records. */
  readonly name: string;

  /**
   * Resolves once the receiver has all of them, in their order. After a failure or a kill a message may be sent again,
   * with the same id.
   */
  send(messages: readonly OutgoingMessage<T>[]): Promise<void>;

  /** Gives back what the sink holds, once nobody sends any more. */
  close?(): Promise<void>;
}
