import type { RedisClient } from './redis-client.ts';
import type { RedisHealth } from './redis-health.ts';
import { type CallOptions, RedisLink } from './redis-link.ts';
import {
  type RedisConnectionOptions,
  type RedisSettings,
  readRedisOptions,
} from './redis-settings.ts';

/**
 * A Redis, for any number of sources and sinks. Connects when it is first needed, and again with growing pauses
 * whenever the connection is lost, until it is closed.
 */
export class RedisConnection implements AsyncDisposable {
  readonly #settings: RedisSettings;
  readonly #commands: RedisLink;
  readonly #links = new Set<RedisLink>();
  readonly #listeners = new Set<(health: RedisHealth) => void>();

  /** @throws MillraceError REDIS_ADDRESS_INVALID */
  constructor(options: RedisConnectionOptions) {
    this.#settings = readRedisOptions(options);
    this.#commands = new RedisLink(this.#settings, (health) => {
      for (const listener of [...this.#listeners]) listener(health);
    });
    this.#links.add(this.#commands);
  }

  /** Host, port and database, without credentials. */
  get address(): string {
    return this.#settings.address;
  }

  get health(): RedisHealth {
    return this.#commands.health;
  }

  /**
   * Calls back whenever the connection gets another state, for warnings and fallbacks.
   * @returns what ends that
   */
  onChange(listener: (health: RedisHealth) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Whether there is a connection, which is waited for up to `waitMs`. */
  isUp(waitMs = 0, signal?: AbortSignal): Promise<boolean> {
    return this.#commands.isUp(waitMs, signal);
  }

  /**
   * Does something with the server, once there is a connection.
   * @throws MillraceError REDIS_UNREACHABLE where there is none within `waitMs`, or it is lost before the answer:
   *   whether the server did what it was asked is not known then
   * @throws MillraceError REDIS_REFUSED where the server answers with an error
   */
  call<T>(work: (client: RedisClient) => Promise<T>, options?: CallOptions): Promise<T> {
    return this.#commands.call(work, options);
  }

  /** A connection of its own, for what holds one up: blocking reads and subscriptions. */
  dedicate(onChange: (health: RedisHealth) => void = () => undefined): RedisLink {
    const link = new RedisLink(this.#settings, (health) => {
      if (health.state === 'closed') this.#links.delete(link);
      onChange(health);
    });
    this.#links.add(link);
    // Who reads anew after the end would open what nobody closes.
    if (this.health.state === 'closed') link.close();
    return link;
  }

  /** Ends all connections; what waits for an answer fails. */
  close(): void {
    for (const link of [...this.#links]) link.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}
