import { setTimeout as sleepFor } from 'node:timers/promises';
import type { MessageSink, OutgoingMessage } from '@millrace/stream';
import { messageOf } from '../base/message-of.ts';
import type { EnrichedJson } from '../events/enriched-json.ts';
import type { OnAlert } from '../service/alert.ts';
import { Backoff, type BackoffOptions } from './backoff.ts';
import type { BusHealth } from './bus-health.ts';

export interface PublisherParts {
  readonly sink: MessageSink<EnrichedJson>;
  /** Results of direct calls that wait for a lost bus; the oldest are given up beyond it. */
  readonly capacity: number;
  readonly alert: OnAlert;
  readonly health: BusHealth;
  readonly backoff?: BackoffOptions;
}

interface Entry extends OutgoingMessage<EnrichedJson> {
  /** Called once the receiver has it; absent for the result of a direct call. */
  readonly onPublished?: () => void;
}

const AT_ONCE = 256;
const DEFAULT_BACKOFF: BackoffOptions = { firstMs: 50, mostMs: 5000 };

/**
 * Sends results in their order, and again until the bus takes them. While it is lost they are kept: all of those that a
 * bus waits for, and `capacity` of those of direct calls.
 */
export class Publisher {
  readonly #parts: PublisherParts;
  readonly #backoff: Backoff;
  readonly #stop = new AbortController();
  #waiting: Entry[] = [];
  #sending: Promise<void> | undefined;
  #direct = 0;
  #published = 0;
  #dropped = 0;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
    this.#backoff = new Backoff(parts.backoff ?? DEFAULT_BACKOFF);
  }

  /** Results that wait to be sent. */
  get waiting(): number {
    return this.#waiting.length;
  }

  get published(): number {
    return this.#published;
  }

  /** Results of direct calls that were given up. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Sends soon. @param onPublished for what a bus waits for: called once the receiver has it, and never given up */
  publish(message: OutgoingMessage<EnrichedJson>, onPublished?: () => void): void {
    this.#waiting.push(onPublished === undefined ? message : { ...message, onPublished });
    if (onPublished === undefined) this.#keepWithin();
    this.#sending ??= this.#send();
  }

  /** Resolves once nothing waits, or after the close. */
  async flushed(): Promise<void> {
    await this.#sending;
  }

  /** Gives up what waits. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#sending;
  }

  #keepWithin(): void {
    this.#direct += 1;
    if (this.#direct <= this.#parts.capacity) return;
    const oldest = this.#waiting.findIndex(({ onPublished }) => onPublished === undefined);
    this.#waiting.splice(oldest, 1);
    this.#direct -= 1;
    this.#dropped += 1;
    if (this.#dropped > 1) return;
    const message = `more than ${this.#parts.capacity} results wait for the bus: the oldest are given up, and counted`;
    this.#parts.alert({ kind: 'outbox-overflow', message });
  }

  async #send(): Promise<void> {
    const { signal } = this.#stop;
    // What is published in this turn of the event loop goes together.
    await Promise.resolve();
    while (this.#waiting.length > 0 && !signal.aborted) {
      const batch = this.#waiting.splice(0, AT_ONCE);
      this.#direct -= batch.filter(({ onPublished }) => onPublished === undefined).length;
      if (await this.#sendBatch(batch)) continue;
      this.#waiting = [...batch, ...this.#waiting];
      this.#direct += batch.filter(({ onPublished }) => onPublished === undefined).length;
      await sleepFor(this.#backoff.next(), undefined, { signal }).catch(() => {});
    }
    this.#sending = undefined;
  }

  async #sendBatch(batch: readonly Entry[]): Promise<boolean> {
    const { sink, health } = this.#parts;
    try {
      await sink.send(batch.map(({ id, value }) => ({ id, value })));
    } catch (error) {
      if (!this.#stop.signal.aborted) health.lost(sink.name, messageOf(error));
      return false;
    }
    health.back(sink.name);
    this.#backoff.reset();
    this.#published += batch.length;
    for (const { onPublished } of batch) onPublished?.();
    return true;
  }
}
