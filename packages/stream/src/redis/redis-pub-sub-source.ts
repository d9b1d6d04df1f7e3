import { randomUUID } from 'node:crypto';
import { MillraceError } from '@millrace/core';
import type { IncomingMessage } from '../message/incoming-message.ts';
import type { MessageSource } from '../message/message-source.ts';
import { BoundedInbox } from './bounded-inbox.ts';
import { decoderOf, type MessageDecoding } from './message-encoding.ts';
import type { RedisConnection } from './redis-connection.ts';

export interface RedisPubSubSourceOptions<T> extends MessageDecoding<T> {
  readonly connection: RedisConnection;
  readonly channel: string;
  /** Names a message by its content. Default: a random prefix and a number, so that no two are the same. */
  readonly idOf?: (value: T) => string;
  /** How many messages wait for the reader; beyond that the oldest is dropped and counted. Default 10,000. */
  readonly capacity?: number;
  /** Told of each text that is no message, which is dropped then. */
  readonly onInvalid?: (error: MillraceError) => void;
}

/**
 * Messages of a Redis channel: those that are published while it is read, each at most once. What is published while
 * the connection is gone is lost; where that matters, use a `RedisStreamSource`.
 */
export class RedisPubSubSource<T = unknown> implements MessageSource<T> {
  readonly name: string;
  readonly #options: RedisPubSubSourceOptions<T>;
  readonly #decode: (text: string) => T;
  readonly #prefix = randomUUID();
  #received = 0;
  #dropped = 0;

  constructor(options: RedisPubSubSourceOptions<T>) {
    this.#options = options;
    this.#decode = decoderOf(options);
    this.name = `redis-channel:${options.channel}`;
  }

  /** How many messages were dropped because the reader was too slow. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Begins once the server has confirmed that it will send what is published. */
  async *read(signal: AbortSignal): AsyncGenerator<IncomingMessage<T>, void, undefined> {
    const { connection, channel, capacity = 10_000 } = this.#options;
    const inbox = new BoundedInbox<string>(capacity);
    const link = connection.dedicate();
    const end = (): void => {
      inbox.close();
      link.close();
    };
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    try {
      // From here on a lost connection subscribes again by itself.
      await link.call((client) => client.subscribe(channel, (text) => this.#take(inbox, text)));
      for await (const text of inbox) {
        const message = this.#messageOf(text);
        if (message !== undefined) yield message;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      signal.removeEventListener('abort', end);
      end();
    }
  }

  #take(inbox: BoundedInbox<string>, text: string): void {
    if (inbox.push(text) === 'dropped-oldest') this.#dropped++;
  }

  #messageOf(text: string): IncomingMessage<T> | undefined {
    const { channel, idOf, onInvalid } = this.#options;
    this.#received++;
    try {
      const value = this.#decode(text);
      return { id: idOf?.(value) ?? `${this.#prefix}:${this.#received}`, value };
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      const what = `a text on the channel ${JSON.stringify(channel)} is no message: ${why}`;
      onInvalid?.(
        new MillraceError('REDIS_MESSAGE_INVALID', what, { details: { channel }, cause }),
      );
      return undefined;
    }
  }
}
