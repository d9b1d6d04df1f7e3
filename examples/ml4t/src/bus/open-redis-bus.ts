import {
  type MessageSink,
  type MessageSource,
  RedisConnection,
  RedisPubSubSink,
  RedisPubSubSource,
  RedisStreamSink,
  RedisStreamSource,
} from '@millrace/stream';
import type { Settings } from '../config/settings.ts';
import type { EnrichedJson } from '../events/enriched-json.ts';
import type { SignalText } from '../events/signal-json.ts';
import type { BusHealth } from './bus-health.ts';

export interface Bus {
  readonly source: MessageSource;
  readonly sink: MessageSink<EnrichedJson>;
  /** Ends the connections. */
  close(): void;
}

/** A kill between publishing and acknowledging sends an answer again; within so long it is not there twice. */
const DEDUPLICATE_MS = 600_000;

/** Signals and answers over Redis: streams with a consumer group, or channels. */
export function openRedisBus(redis: Settings['redis'], health: BusHealth): Bus {
  const connection = connect(redis.url, health);
  const { group, consumer, channels, mode } = redis;
  const close = (): void => connection.close();
  if (mode === 'pubsub') {
    const source = new RedisPubSubSource({ connection, channel: channels.signals });
    const sink = new RedisPubSubSink<EnrichedJson>({ connection, channel: channels.enriched });
    return { source, sink, close };
  }
  const source = new RedisStreamSource({
    ...{ connection, group, consumer, stream: channels.signals },
    onInvalid: ({ message }) => health.odd(message),
  });
  const sink = new RedisStreamSink<EnrichedJson>({
    ...{ connection, stream: channels.enriched, deduplicateForMs: DEDUPLICATE_MS },
  });
  return { source, sink, close };
}

/** The other end: sends signals and reads answers. */
export function openRedisClient(redis: Settings['redis'], health: BusHealth, reader: string) {
  const connection = connect(redis.url, health);
  const { channels, mode } = redis;
  const close = (): void => connection.close();
  if (mode === 'pubsub') {
    const sink = new RedisPubSubSink<SignalText>({ connection, channel: channels.signals });
    const source = new RedisPubSubSource<EnrichedJson>({ connection, channel: channels.enriched });
    return { source, sink, close };
  }
  const sink = new RedisStreamSink<SignalText>({ connection, stream: channels.signals });
  const source = new RedisStreamSource<EnrichedJson>({
    ...{ connection, stream: channels.enriched, group: reader, consumer: reader },
  });
  return { source, sink, close };
}

function connect(url: string, health: BusHealth): RedisConnection {
  // No longer: what waits is kept by the publisher, which tries again with its own pauses.
  const connection = new RedisConnection({ url, waitMs: 1000, reconnectDelayMs: 50 });
  const part = `redis ${connection.address}`;
  connection.onChange(({ state }) => {
    if (state === 'down') health.lost(part, 'the connection is gone');
    if (state === 'up') health.back(part);
  });
  // Begins to connect, so that a Redis that is not there is told before the first answer waits for it.
  void connection.isUp();
  return connection;
}
