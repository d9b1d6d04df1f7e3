import type { CancelTimer, Clock } from '../base/clock.ts';

/** The one deadline of an attempt. It stands still while the attempt waits for the world outside. */
export class AttemptTimer {
  readonly #clock: Clock;
  #cancelTimer: CancelTimer | undefined;
  #callback: (() => void) | undefined;
  /** When it fires, on the monotonic clock. */
  #dueMs = Number.POSITIVE_INFINITY;
  #pausedAt: number | undefined;
  #pausedMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Infinite while nothing is armed. */
  get dueMs(): number {
    return this.#dueMs;
  }

  /** For how long it stood still, all pauses together. */
  get pausedMs(): number {
    const open = this.#pausedAt === undefined ? 0 : this.#clock.monotonic() - this.#pausedAt;
    return this.#pausedMs + open;
  }

  /** Replaces what was armed before, also while it stood still. */
  arm(delayMs: number, callback: () => void): void {
    this.disarm();
    this.#callback = callback;
    this.#dueMs = this.#clock.monotonic() + delayMs;
    this.#cancelTimer = this.#clock.setTimer(delayMs, callback);
  }

  disarm(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#callback = undefined;
    this.#dueMs = Number.POSITIVE_INFINITY;
  }

  pause(): void {
    this.#pausedAt = this.#clock.monotonic();
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  goOn(): void {
    if (this.#pausedAt === undefined) return;
    const nowMs = this.#clock.monotonic();
    const leftMs = this.#dueMs - this.#pausedAt;
    this.#pausedMs += nowMs - this.#pausedAt;
    this.#pausedAt = undefined;
    if (this.#callback !== undefined) this.arm(Math.max(0, leftMs), this.#callback);
  }
}
