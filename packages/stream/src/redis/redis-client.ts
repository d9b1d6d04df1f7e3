import type { RedisClientType } from '@redis/client';

export type RedisClient = RedisClientType;

export interface RedisClientSettings {
  readonly url: string;
  readonly connectTimeoutMs: number;
  /** Milliseconds until the next try to connect, from the number of those before. */
  readonly pauseMs: (tries: number) => number;
}

/** A client that is not connected yet. What is sent while it has no connection fails at once. */
export async function createRedisClient(settings: RedisClientSettings): Promise<RedisClient> {
  // Loaded by those who have a Redis only.
  const { createClient } = await import('@redis/client');
  return createClient({
    url: settings.url,
    disableOfflineQueue: true,
    // What it tells a server by itself, unknown commands among it, is in the way of servers that are like Redis.
    disableClientInfo: true,
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: settings.connectTimeoutMs,
      reconnectStrategy: settings.pauseMs,
    },
  });
}

/**
 * What an error of the client says: the server has answered with it, so that what was asked did not happen; or the
 * connection was lost; or it is neither, and a bug.
 */
export async function kindOfError(error: unknown): Promise<'refused' | 'lost' | 'other'> {
  const client = await import('@redis/client');
  if (error instanceof client.ErrorReply) return 'refused';
  const isLost = [
    client.ClientClosedError,
    client.ClientOfflineError,
    client.ConnectionTimeoutError,
    client.DisconnectsClientError,
    client.SocketClosedUnexpectedlyError,
    client.SocketTimeoutError,
  ].some((kind) => error instanceof kind);
  return isLost || (error instanceof Error && 'syscall' in error) ? 'lost' : 'other';
}
