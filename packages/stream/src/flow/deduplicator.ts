import type { StreamSettings } from '../settings/stream-settings.ts';

type Window = Exclude<StreamSettings['deduplication'], false>;

/** Knows what came within a window of time, as far as a number of entries reaches. */
export class Deduplicator {
  readonly #window: Window;
  /** When each came, oldest first. */
  readonly #seen = new Map<string, number>();

  constructor(window: Window) {
    this.#window = window;
  }

  get size(): number {
    return this.#seen.size;
  }

  /** Whether it came before; from now on it did. The window is counted from the first time. */
  isRepeated(id: string, nowMs: number): boolean {
    this.#forget(nowMs);
    if (this.#seen.has(id)) return true;
    this.#seen.set(id, nowMs);
    return false;
  }

  #forget(nowMs: number): void {
    const { window, limit } = this.#window;
    for (const [id, at] of this.#seen) {
      if (at + window > nowMs && this.#seen.size < limit) return;
      this.#seen.delete(id);
    }
  }
}
