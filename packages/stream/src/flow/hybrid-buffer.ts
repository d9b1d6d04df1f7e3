import type { CancelTimer, Clock } from '@millrace/core';

interface HybridBufferParts<Held> {
  readonly clock: Clock;
  readonly size: number;
  readonly intervalMs: number;
  readonly flush: (held: readonly Held[], reason: FlushReason) => void;
}

export type FlushReason = 'size' | 'interval' | 'stop';

/** Holds messages until there are enough of them, or the oldest has waited for long enough. */
export class HybridBuffer<Held> {
  readonly #parts: HybridBufferParts<Held>;
  #held: Held[] = [];
  #cancelTimer: CancelTimer | undefined;

  constructor(parts: HybridBufferParts<Held>) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#held.length;
  }

  add(held: Held): void {
    this.#held.push(held);
    const { clock, size, intervalMs } = this.#parts;
    if (this.#held.length >= size) return this.flush('size');
    this.#cancelTimer ??= clock.setTimer(intervalMs, () => this.flush('interval'));
  }

  dropOldest(): Held | undefined {
    return this.#held.shift();
  }

  flush(reason: FlushReason): void {
    const held = this.clear();
    if (held.length > 0) this.#parts.flush(held, reason);
  }

  /** Takes all, and flushes nothing. */
  clear(): readonly Held[] {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const held = this.#held;
    this.#held = [];
    return held;
  }
}
