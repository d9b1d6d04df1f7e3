import type { StreamSettings } from '../settings/stream-settings.ts';
import { Fifo } from './fifo.ts';

type Window = Exclude<StreamSettings['deduplication'], false>;

interface Seen {
  readonly id: string;
  readonly atMs: number;
}

/** Knows what came within a window of time, as far as a number of entries reaches. */
export class Deduplicator {
  readonly #window: Window;
  /** When each came. */
  readonly #ids = new Map<string, number>();
  /** Oldest first. A Map alone would look past all that was deleted from its front. */
  readonly #order = new Fifo<Seen>();

  constructor(window: Window) {
    this.#window = window;
  }

  get size(): number {
    return this.#ids.size;
  }

  /** Whether it came before; from now on it did. The window is counted from the first time. */
  isRepeated(id: string, atMs: number): boolean {
    this.#forget(atMs);
    if (this.#ids.has(id)) return true;
    this.#ids.set(id, atMs);
    this.#order.push({ id, atMs });
    return false;
  }

  /** It comes again, and is then no repetition. */
  takeOut(id: string): void {
    this.#ids.delete(id);
  }

  #forget(nowMs: number): void {
    const { window, limit } = this.#window;
    for (;;) {
      const { first } = this.#order;
      if (first === undefined) return;
      if (first.atMs + window > nowMs && this.#ids.size < limit) return;
      this.#order.shift();
      // It may have been taken out, and have come again.
      if (this.#ids.get(first.id) === first.atMs) this.#ids.delete(first.id);
    }
  }
}
