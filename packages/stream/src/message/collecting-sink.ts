import type { MessageSink } from './message-sink.ts';
import type { OutgoingMessage } from './outgoing-message.ts';

/** A sink that keeps what it is sent, for tests and small programs. */
export class CollectingSink<T = unknown> implements MessageSink<T> {
  readonly name: string;
  readonly #messages: OutgoingMessage<T>[] = [];

  constructor(name = 'memory') {
    this.name = name;
  }

  /** All that was sent, in order. */
  get messages(): readonly OutgoingMessage<T>[] {
    return this.#messages;
  }

  async send(messages: readonly OutgoingMessage<T>[]): Promise<void> {
    this.#messages.push(...messages);
  }
}
