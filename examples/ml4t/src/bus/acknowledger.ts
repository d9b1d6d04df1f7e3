import { setTimeout as sleepFor } from 'node:timers/promises';
import type { MessageSource } from '@millrace/stream';
import { Backoff } from './backoff.ts';

/** Acknowledges what was published, together and again until the source takes it. */
export class Acknowledger {
  readonly #source: Pick<MessageSource, 'acknowledge'>;
  readonly #signal: AbortSignal;
  readonly #backoff = new Backoff({ firstMs: 50, mostMs: 5000 });
  #ids = new Set<string>();
  #sending: Promise<void> | undefined;

  constructor(source: Pick<MessageSource, 'acknowledge'>, signal: AbortSignal) {
    this.#source = source;
    this.#signal = signal;
  }

  /** Whether a message was published and only its acknowledgement is missing: it comes again for nothing. */
  has(id: string): boolean {
    return this.#ids.has(id);
  }

  add(id: string): void {
    if (this.#source.acknowledge === undefined) return;
    this.#ids.add(id);
    this.#sending ??= this.#send();
  }

  async flushed(): Promise<void> {
    await this.#sending;
  }

  async #send(): Promise<void> {
    await Promise.resolve();
    while (this.#ids.size > 0) {
      const ids = [...this.#ids];
      try {
        await this.#source.acknowledge?.(ids);
        for (const id of ids) this.#ids.delete(id);
        this.#backoff.reset();
      } catch {
        // What is not acknowledged comes again; the receiver knows it by its id.
        if (this.#signal.aborted) break;
        await sleepFor(this.#backoff.next(), undefined, { signal: this.#signal }).catch(() => {});
      }
    }
    this.#sending = undefined;
  }
}
