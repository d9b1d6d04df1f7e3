import { type Clock, MillraceError, systemClock } from '@millrace/core';

export interface RedisConnectionOptions {
  /** `redis://[user:password@]host[:port][/database]`, or `rediss:` for TLS. */
  readonly url: string;
  /** Pause before the second try to connect; each further one doubles it, less up to a half at random. Default 100. */
  readonly reconnectDelayMs?: number;
  /** The longest pause between two tries. Default 5,000. */
  readonly maxReconnectDelayMs?: number;
  /** How long one try may take. Default 5,000. */
  readonly connectTimeoutMs?: number;
  /** How long a command waits while there is no connection. 0: it fails at once. Default 10,000. */
  readonly waitMs?: number;
  /** A server that does not answer a command for so long counts as gone. Default 10,000. */
  readonly replyTimeoutMs?: number;
  readonly clock?: Clock;
}

/** The options with their defaults. */
export type RedisSettings = Required<RedisConnectionOptions> & {
  /** Host, port and database: the address without credentials, for messages. */
  readonly address: string;
};

/** @throws MillraceError REDIS_ADDRESS_INVALID */
export function readRedisOptions(options: RedisConnectionOptions): RedisSettings {
  return {
    reconnectDelayMs: 100,
    maxReconnectDelayMs: 5_000,
    connectTimeoutMs: 5_000,
    waitMs: 10_000,
    replyTimeoutMs: 10_000,
    clock: systemClock,
    ...options,
    address: addressOf(options.url),
  };
}

function addressOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed !== undefined && /^rediss?:$/.test(parsed.protocol) && parsed.hostname !== '') {
    return `${parsed.hostname}:${parsed.port || 6379}${parsed.pathname.replace(/^[/]$/, '')}`;
  }
  // What is no address may hold a password all the same.
  const got = parsed === undefined ? 'a text that is no URL' : `one of ${parsed.protocol}`;
  throw new MillraceError('REDIS_ADDRESS_INVALID', `expected the address of a Redis, got ${got}`, {
    help: 'give it as redis://host:6379, or rediss:// for TLS',
  });
}
