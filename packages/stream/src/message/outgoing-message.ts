/** A message for a sink. */
export interface OutgoingMessage<T = unknown> {
  /** The same whenever the message is sent again, so that a receiver can tell. */
  readonly id: string;
  readonly value: T;
}
