import type { MessageSink } from '../message/message-sink.ts';
import type { OutgoingMessage } from '../message/outgoing-message.ts';
import { encoderOf, type MessageEncoding } from './message-encoding.ts';
import type { RedisConnection } from './redis-connection.ts';

export interface RedisPubSubSinkOptions<T> extends MessageEncoding<T> {
  readonly connection: RedisConnection;
  readonly channel: string;
}

/**
 * Publishes messages on a channel: their values alone, without the ids. Who does not listen at that moment never
 * gets them; where that loses something, use a `RedisStreamSink`.
 */
export class RedisPubSubSink<T = unknown> implements MessageSink<T> {
  readonly name: string;
  readonly #options: RedisPubSubSinkOptions<T>;
  readonly #encode: (value: T) => string;
  #unheard = 0;

  constructor(options: RedisPubSubSinkOptions<T>) {
    this.#options = options;
    this.#encode = encoderOf(options);
    this.name = `redis-channel:${options.channel}`;
  }

  /** How many messages were published while nobody listened. */
  get unheard(): number {
    return this.#unheard;
  }

  /** @throws MillraceError REDIS_UNREACHABLE, where some may have been published all the same; REDIS_REFUSED */
  async send(messages: readonly OutgoingMessage<T>[]): Promise<void> {
    const { connection, channel } = this.#options;
    const texts = messages.map(({ value }) => this.#encode(value));
    const heard = await connection.call((client) =>
      Promise.all(texts.map((text) => client.publish(channel, text))),
    );
    this.#unheard += heard.filter((listeners) => listeners === 0).length;
  }
}
