import type { CallRateLimit } from '../definition/limit-definition.ts';

interface Starts {
  readonly atMs: number;
  readonly calls: number;
}

/**
 * Counts the calls of the last stretch of time, so that no stretch of that length, wherever it begins, has
 * more of them than allowed. (A bucket that refills would let twice as many through around its refill.)
 * Pure: the time is given. At most `calls` entries are kept.
 */
export class CallRate {
  /** Oldest first, from `#first` on. */
  #starts: Starts[] = [];
  #first = 0;
  #calls = 0;

  /** Milliseconds until so many calls may start; 0: at once. */
  waitMs({ calls, perMs }: CallRateLimit, cost: number, nowMs: number): number {
    this.#forget(nowMs - perMs);
    let excess = this.#calls + Math.min(cost, calls) - calls;
    let waitMs = 0;
    for (let at = this.#first; excess > 0; at++) {
      const oldest = this.#starts[at];
      if (oldest === undefined) break;
      excess -= oldest.calls;
      waitMs = oldest.atMs + perMs - nowMs;
    }
    // A timer for less than a rounding error would fire before the time.
    return Math.ceil(waitMs);
  }

  take({ calls }: CallRateLimit, cost: number, nowMs: number): void {
    const taken = Math.min(cost, calls);
    this.#starts.push({ atMs: nowMs, calls: taken });
    this.#calls += taken;
  }

  #forget(untilMs: number): void {
    for (;;) {
      const oldest = this.#starts[this.#first];
      if (oldest === undefined || oldest.atMs > untilMs) break;
      this.#calls -= oldest.calls;
      this.#first++;
    }
    // Cutting the front off costs as much as what is left, so it waits until that is half.
    if (this.#first * 2 < this.#starts.length) return;
    this.#starts = this.#starts.slice(this.#first);
    this.#first = 0;
  }
}
