import { MillraceError } from '@millrace/core';
import { createRedisClient, kindOfError, type RedisClient } from './redis-client.ts';
import type { RedisHealth } from './redis-health.ts';
import type { RedisSettings } from './redis-settings.ts';

export interface CallOptions {
  /** In place of that of the settings. */
  readonly waitMs?: number;
  /** Beyond that of the settings: for what the server is asked to hold back. */
  readonly extraReplyMs?: number;
}

/** One connection, made anew with growing pauses whenever it is lost, until it is closed. */
export class RedisLink {
  readonly #settings: RedisSettings;
  readonly #onChange: (health: RedisHealth) => void;
  readonly #waiting = new Set<() => void>();
  #health: RedisHealth;
  #client: RedisClient | undefined;
  #starting: Promise<void> | undefined;

  /** @param onChange is told of each new state */
  constructor(settings: RedisSettings, onChange: (health: RedisHealth) => void) {
    this.#settings = settings;
    this.#onChange = onChange;
    this.#health = { state: 'connecting', since: settings.clock.now() };
  }

  get health(): RedisHealth {
    return this.#health;
  }

  /**
   * Does something with the server, once there is a connection.
   * @throws MillraceError REDIS_UNREACHABLE where there is none in time, or it is lost before the answer: whether the
   *   server did what it was asked is not known then
   * @throws MillraceError REDIS_REFUSED where the server answers with an error
   */
  async call<T>(work: (client: RedisClient) => Promise<T>, options: CallOptions = {}): Promise<T> {
    const { waitMs = this.#settings.waitMs, extraReplyMs = 0 } = options;
    if (!(await this.isUp(waitMs)) || this.#client === undefined) throw this.#unreachable();
    const client = this.#client;
    try {
      return await this.#answered(client, work(client), extraReplyMs);
    } catch (error) {
      if (error instanceof MillraceError) throw error;
      const kind = await kindOfError(error);
      if (kind === 'other') throw error;
      throw kind === 'refused' ? this.#refused(error) : this.#unreachable(error);
    }
  }

  /** True once there is a connection; false when there is none after `waitMs`, or it is closed. */
  async isUp(waitMs: number, signal?: AbortSignal): Promise<boolean> {
    this.#starting ??= this.#connect();
    await this.#starting;
    if (this.#health.state === 'up') return true;
    if (waitMs > 0 && this.#health.state !== 'closed' && signal?.aborted !== true) {
      await this.#nextChange(waitMs, signal);
    }
    return (this.#health as RedisHealth).state === 'up';
  }

  /** Ends the connection; what waits for an answer fails. */
  close(): void {
    this.#become({ state: 'closed', since: this.#settings.clock.now() });
    this.#client?.destroy();
    this.#client = undefined;
  }

  async #connect(): Promise<void> {
    const { url, connectTimeoutMs, reconnectDelayMs, maxReconnectDelayMs } = this.#settings;
    const pauseMs = (tries: number): number => {
      const wholeMs = Math.min(maxReconnectDelayMs, reconnectDelayMs * 2 ** Math.min(tries, 30));
      return wholeMs * (1 - Math.random() / 2);
    };
    const client = await createRedisClient({ url, connectTimeoutMs, pauseMs });
    if (this.#health.state === 'closed') return;
    this.#client = client;
    client.on('ready', () => this.#changed(client));
    client.on('error', (error) => this.#changed(client, error));
    // It goes on trying until it is closed, and then there is nobody to be told.
    client.connect().catch((error) => this.#changed(client, error));
  }

  #changed(client: RedisClient, error?: unknown): void {
    if (client !== this.#client || this.#health.state === 'closed') return;
    const since = this.#settings.clock.now();
    if (error === undefined) this.#become({ state: 'up', since });
    else {
      const { state, since: before } = this.#health;
      this.#become({
        state: 'down',
        since: state === 'down' ? before : since,
        reason: reasonOf(error),
      });
    }
  }

  #become(health: RedisHealth): void {
    const isNews = health.state !== this.#health.state;
    this.#health = health;
    if (!isNews) return;
    if (health.state !== 'down') for (const wake of [...this.#waiting]) wake();
    this.#onChange(health);
  }

  #nextChange(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        signal?.removeEventListener('abort', end);
        this.#waiting.delete(end);
        resolve();
      };
      const cancel = this.#settings.clock.setTimer(waitMs, end);
      signal?.addEventListener('abort', end);
      this.#waiting.add(end);
    });
  }

  /** A connection that is there while its server is not would wait for ever. */
  async #answered<T>(client: RedisClient, answer: Promise<T>, extraMs: number): Promise<T> {
    const { clock, replyTimeoutMs } = this.#settings;
    const late = Promise.withResolvers<never>();
    const cancel = clock.setTimer(replyTimeoutMs + extraMs, () => {
      const cause = new Error(`no answer within ${replyTimeoutMs + extraMs} ms`);
      late.reject(this.#unreachable(cause));
      this.#renew(client);
    });
    try {
      return await Promise.race([answer, late.promise]);
    } finally {
      cancel();
    }
  }

  #renew(client: RedisClient): void {
    if (client !== this.#client || this.#health.state === 'closed') return;
    this.#changed(client, new Error('the server does not answer'));
    this.#client = undefined;
    client.destroy();
    this.#starting = this.#connect();
  }

  #unreachable(cause?: unknown): MillraceError {
    const { address } = this.#settings;
    const known = this.#health.state === 'down' ? `: ${this.#health.reason}` : '';
    const why = cause === undefined ? known : `: ${reasonOf(cause)}`;
    const what = this.#health.state === 'closed' ? 'the connection is closed' : `no answer${why}`;
    return new MillraceError('REDIS_UNREACHABLE', `Redis at ${address}: ${what}`, {
      details: { address },
      help: 'see that the server runs; the connection is tried again by itself until it is closed',
      cause,
    });
  }

  #refused(cause: unknown): MillraceError {
    const { address } = this.#settings;
    return new MillraceError('REDIS_REFUSED', `Redis at ${address} refused: ${reasonOf(cause)}`, {
      details: { address },
      cause,
    });
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A transaction says only how many of its commands failed; each has said why.
  if ('replies' in error && Array.isArray(error.replies)) {
    const refusals = error.replies.filter((reply) => reply instanceof Error).map(reasonOf);
    return [...new Set(refusals)].join('; ');
  }
  // Of several addresses that were tried there is one error each, and none of its own.
  if (error.message === '' && error instanceof AggregateError) {
    return error.errors.map(reasonOf).join('; ');
  }
  return error.message;
}
