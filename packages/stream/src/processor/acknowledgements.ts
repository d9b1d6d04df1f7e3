import type { Clock } from '@millrace/core';
import { pause } from '../base/pause.ts';
import type { MessageSource } from '../message/message-source.ts';

interface AcknowledgementsParts {
  readonly source: Pick<MessageSource, 'acknowledge'>;
  readonly clock: Clock;
  /** Pauses between tries, milliseconds: the first, and the longest; each doubles the one before. */
  readonly restart: { readonly delay: number; readonly maxDelay: number };
  /** The first failure in a row. */
  readonly failed: (error: unknown) => void;
  readonly recovered: () => void;
}

/**
 * Tells a source what it need not give again: what came together goes together, one call after the other, and again
 * what the source did not take.
 */
export class Acknowledgements {
  readonly #parts: AcknowledgementsParts;
  readonly #stop = new AbortController();
  #ids: string[] = [];
  #sending: Promise<void> | undefined;

  constructor(parts: AcknowledgementsParts) {
    this.#parts = parts;
  }

  add(id: string): void {
    if (this.#parts.source.acknowledge === undefined) return;
    this.#ids.push(id);
    this.#sending ??= this.#send();
  }

  /**
   * Resolves when all was told, or one more try has failed: those messages come again, which the de-duplication or the
   * receiver of the results has to bear anyway.
   */
  async settled(): Promise<void> {
    this.#stop.abort();
    await this.#sending;
  }

  async #send(): Promise<void> {
    const { source, clock, restart, failed, recovered } = this.#parts;
    await new Promise((resolve) => setImmediate(resolve));
    let failures = 0;
    while (this.#ids.length > 0) {
      const ids = this.#ids;
      this.#ids = [];
      const isLastTry = this.#stop.signal.aborted;
      try {
        await source.acknowledge?.(ids);
        if (failures > 0) recovered();
        failures = 0;
      } catch (error) {
        if (failures === 0) failed(error);
        if (isLastTry) break;
        this.#ids = [...ids, ...this.#ids];
        const delayMs = Math.min(restart.maxDelay, restart.delay * 2 ** Math.min(failures, 60));
        failures++;
        await pause(clock, delayMs, this.#stop.signal);
      }
    }
    this.#sending = undefined;
  }
}
