/** A message as a source hands it over. */
export interface IncomingMessage<T = unknown> {
  /** Names the message: the same whenever the source gives it again, and of no other message of the source. */
  readonly id: string;
  readonly value: T;
}
