import type { CancelTimer, Clock } from '../base/clock.ts';

/** Stages that wait for the time of their next attempt; they hold no slot. */
export class RetryWaits {
  readonly #clock: Clock;
  readonly #due: (index: number) => void;
  readonly #timers = new Map<number, CancelTimer>();

  /** @param due called with the stage once its time has come */
  constructor(clock: Clock, due: (index: number) => void) {
    this.#clock = clock;
    this.#due = due;
  }

  get size(): number {
    return this.#timers.size;
  }

  add(index: number, delayMs: number): void {
    const wake = (): void => {
      this.#timers.delete(index);
      this.#due(index);
    };
    this.#timers.set(index, this.#clock.setTimer(delayMs, wake));
  }

  /** Gives them all up. */
  stop(): void {
    for (const cancelTimer of this.#timers.values()) cancelTimer();
    this.#timers.clear();
  }
}
