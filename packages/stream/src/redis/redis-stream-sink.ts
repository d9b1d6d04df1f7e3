import type { MessageSink } from '../message/message-sink.ts';
import type { OutgoingMessage } from '../message/outgoing-message.ts';
import { encoderOf, type MessageEncoding } from './message-encoding.ts';
import type { RedisConnection } from './redis-connection.ts';

export interface RedisStreamSinkOptions<T> extends MessageEncoding<T> {
  readonly connection: RedisConnection;
  /** The key of the stream. */
  readonly stream: string;
  /** Cuts the stream to about so many entries, the oldest first; whether they were read is not asked. Default: never. */
  readonly maxEntries?: number;
  /**
   * A message whose id was sent within so long is not added a second time, whoever sent it. Costs a key for each
   * message. Default: none, so that a message that is sent again is there twice.
   */
  readonly deduplicateForMs?: number;
}

/**
 * Adds what it has not added within the time; KEYS: the stream, and the mark of the message. The mark is made last, since
 * Redis takes nothing back where a later command of a script fails.
 */
const ADD_ONCE = `
if redis.call('EXISTS', KEYS[2]) == 1 then return false end
local entry
if ARGV[2] ~= '' then
  entry = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], '*', 'id', ARGV[3], 'message', ARGV[4])
else
  entry = redis.call('XADD', KEYS[1], '*', 'id', ARGV[3], 'message', ARGV[4])
end
redis.call('SET', KEYS[2], '1', 'PX', ARGV[1])
return entry`;

/** Adds messages to a Redis stream: entries with the fields `id` and `message`. */
export class RedisStreamSink<T = unknown> implements MessageSink<T> {
  readonly name: string;
  readonly #options: RedisStreamSinkOptions<T>;
  readonly #encode: (value: T) => string;

  constructor(options: RedisStreamSinkOptions<T>) {
    this.#options = options;
    this.#encode = encoderOf(options);
    this.name = `redis-stream:${options.stream}`;
  }

  /**
   * All of them are added, or none.
   * @throws MillraceError REDIS_UNREACHABLE, where they may have been added all the same; REDIS_REFUSED
   */
  async send(messages: readonly OutgoingMessage<T>[]): Promise<void> {
    if (messages.length === 0) return;
    const { connection, stream, maxEntries, deduplicateForMs } = this.#options;
    const texts = messages.map(({ id, value }) => ({ id, message: this.#encode(value) }));
    await connection.call(async (client) => {
      const transaction = client.multi();
      for (const fields of texts) {
        if (deduplicateForMs === undefined) {
          const trim = { strategy: 'MAXLEN', strategyModifier: '~' } as const;
          const options =
            maxEntries === undefined ? {} : { TRIM: { ...trim, threshold: maxEntries } };
          transaction.xAdd(stream, '*', fields, options);
        } else {
          transaction.eval(ADD_ONCE, {
            keys: [stream, `${stream}:sent:${fields.id}`],
            arguments: [
              String(deduplicateForMs),
              maxEntries === undefined ? '' : String(maxEntries),
              fields.id,
              fields.message,
            ],
          });
        }
      }
      await transaction.exec();
    });
  }
}
