import { MillraceError } from '@millrace/core';
import type { IncomingMessage } from '../message/incoming-message.ts';
import type { MessageSource } from '../message/message-source.ts';
import { GroupReader, type StreamEntry } from './group-reader.ts';
import { decoderOf, type MessageDecoding } from './message-encoding.ts';
import type { RedisConnection } from './redis-connection.ts';

export interface RedisStreamSourceOptions<T> extends MessageDecoding<T> {
  readonly connection: RedisConnection;
  /** The key of the stream. It is created when it is not there. */
  readonly stream: string;
  /** The consumer group. It is created when it is not there. */
  readonly group: string;
  /**
   * The name of this reader in its group: of no other one that runs at the same time, and the same after a restart,
   * so that it gets at once what it had not acknowledged.
   */
  readonly consumer: string;
  /** Where a group that is new begins: with what is in the stream, or with what comes from now on. Default `start`. */
  readonly from?: 'start' | 'now';
  /** How many entries are fetched at a time. Default 100. */
  readonly batch?: number;
  /** How long one read waits on the server for an entry. Default 2,000. */
  readonly blockMs?: number;
  /**
   * What another consumer of the group has had for so long without acknowledging it is taken over. More than the
   * longest time that a message takes, its wait in the reader included. Default 60,000.
   */
  readonly claimIdleMs?: number;
  /** Removes entries from the stream once they are acknowledged; for a stream with one group. Default false. */
  readonly removeAcknowledged?: boolean;
  /** Told of each entry that is no message; it is in the stream `STREAM:invalid` then. */
  readonly onInvalid?: (error: MillraceError) => void;
}

/**
 * Messages of a Redis stream, read through a consumer group: each is handed to one reader of the group, and again
 * to it or to another one until it is acknowledged. While Redis is gone, reading waits for it to come back.
 */
export class RedisStreamSource<T = unknown> implements MessageSource<T> {
  readonly name: string;
  readonly #options: RedisStreamSourceOptions<T>;
  readonly #decode: (text: string) => T;
  /** By message: the entries that it came in, more than one where its sender has sent it again. */
  readonly #open = new Map<string, string[]>();
  #reader: GroupReader | undefined;

  constructor(options: RedisStreamSourceOptions<T>) {
    this.#options = options;
    this.#decode = decoderOf(options);
    this.name = `redis-stream:${options.stream}`;
  }

  /** How many messages were handed over and are not acknowledged. */
  get pending(): number {
    return this.#open.size;
  }

  async *read(signal: AbortSignal): AsyncGenerator<IncomingMessage<T>, void, undefined> {
    const reader = new GroupReader(this.#options, signal);
    this.#reader = reader;
    try {
      for await (const entry of reader.entries()) {
        const message = this.#messageOf(entry);
        if (message instanceof MillraceError) await this.#setAside(entry, message);
        else {
          const entries = this.#open.get(message.id);
          if (entries === undefined) this.#open.set(message.id, [entry.id]);
          else if (!entries.includes(entry.id)) entries.push(entry.id);
          yield message;
        }
      }
    } finally {
      reader.close();
    }
  }

  /** @throws MillraceError REDIS_UNREACHABLE, whereupon it may be said again; REDIS_REFUSED */
  async acknowledge(ids: readonly string[]): Promise<void> {
    const { connection, stream, group, removeAcknowledged } = this.#options;
    const entries = ids.flatMap((id) => this.#open.get(id) ?? []);
    if (entries.length > 0) {
      await connection.call(async (client) => {
        const transaction = client.multi().xAck(stream, group, entries);
        if (removeAcknowledged === true) transaction.xDel(stream, entries);
        await transaction.exec();
      });
    }
    this.#reader?.forget(entries);
    for (const id of ids) this.#open.delete(id);
  }

  #messageOf({ id, fields }: StreamEntry): IncomingMessage<T> | MillraceError {
    if (fields === undefined)
      return this.#invalid(id, 'it was cut from the stream before it was read');
    const text = fields.message;
    if (text === undefined) return this.#invalid(id, 'it has no field "message"');
    try {
      return { id: fields.id ?? id, value: this.#decode(text) };
    } catch (error) {
      return this.#invalid(id, error instanceof Error ? error.message : String(error), error);
    }
  }

  #invalid(entry: string, why: string, cause?: unknown): MillraceError {
    const { stream } = this.#options;
    return new MillraceError(
      'REDIS_MESSAGE_INVALID',
      `entry ${entry} of the stream ${JSON.stringify(stream)} is no message: ${why}`,
      { details: { stream, entry }, help: `it is in the stream "${stream}:invalid" now`, cause },
    );
  }

  /** One that nobody can read would come again for ever. */
  async #setAside({ id, fields }: StreamEntry, error: MillraceError): Promise<void> {
    const { connection, stream, group, removeAcknowledged, onInvalid } = this.#options;
    await connection.call(async (client) => {
      const transaction = client
        .multi()
        .xAdd(`${stream}:invalid`, '*', { ...fields, entry: id, reason: error.message })
        .xAck(stream, group, id);
      if (removeAcknowledged === true) transaction.xDel(stream, id);
      await transaction.exec();
    });
    this.#reader?.forget([id]);
    onInvalid?.(error);
  }
}
