import { RedisConnection, RedisStreamSink, RedisStreamSource } from '@millrace/stream';
import type { Logger } from 'millrace';
import { PublishingSink } from '../flow/publishing-sink.ts';
import type { SocialSettings } from '../flow/read-settings.ts';
import type { PublishedResult } from '../ledger/result-book.ts';
import type { SocialLedger } from '../ledger/social-ledger.ts';

const DAY_MS = 86_400_000;

/** A connection that tells when it is lost and when it is back. */
export function openRedis(
  url: string,
  { redis }: Pick<SocialSettings, 'redis'>,
  logger: Logger,
): RedisConnection {
  const connection = new RedisConnection({ url, waitMs: redis.wait });
  let wasDown = false;
  connection.onChange((health) => {
    if (health.state === 'down') logger.warn(`Redis is gone: ${health.reason}; it is tried again`);
    if (health.state === 'up' && wasDown) logger.info('Redis is back');
    wasDown = health.state === 'down';
  });
  return connection;
}

/** Posts into Redis. */
export function postSink(
  connection: RedisConnection,
  { redis }: Pick<SocialSettings, 'redis'>,
): RedisStreamSink {
  return new RedisStreamSink({ connection, stream: redis.stream });
}

/** Posts out of Redis, each until it is acknowledged. */
export function postSource(
  connection: RedisConnection,
  { redis }: Pick<SocialSettings, 'redis'>,
  logger: Logger,
): RedisStreamSource {
  const { stream, group, consumer } = redis;
  return new RedisStreamSource({
    ...{ connection, stream, group, consumer, blockMs: 200 },
    onInvalid: ({ message }) => logger.warn(message),
  });
}

/** Whether the group has read every post. @throws MillraceError REDIS_UNREACHABLE */
export async function isReadToEnd(
  connection: RedisConnection,
  { redis }: Pick<SocialSettings, 'redis'>,
): Promise<boolean> {
  const groups = await connection.call((client) => client.xInfoGroups(redis.stream));
  const own = groups.find(({ name }) => name === redis.group);
  return own !== undefined && (own.lag ?? 0) === 0;
}

/** Results into the ledger, and from there into Redis. */
export function resultSink(
  connection: RedisConnection,
  { redis }: Pick<SocialSettings, 'redis'>,
  { results }: SocialLedger,
  logger: Logger,
): PublishingSink {
  const to = new RedisStreamSink<PublishedResult>({
    ...{ connection, stream: redis.results, deduplicateForMs: DAY_MS },
  });
  return new PublishingSink({ results, to, whenDown: redis.whenDown, logger });
}
