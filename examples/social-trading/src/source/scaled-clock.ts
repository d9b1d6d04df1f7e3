import { type CancelTimer, type Clock, systemClock, type TimerOptions } from '@millrace/core';

/** A clock that begins at some time of the past and runs faster or slower than time does. */
export class ScaledClock implements Clock {
  readonly #startMs: number;
  readonly #speed: number;
  readonly #beganMs = systemClock.monotonic();

  /** @param speed seconds of this clock a second */
  constructor(startMs: number, speed: number) {
    this.#startMs = startMs;
    this.#speed = speed;
  }

  now(): number {
    // Whole milliseconds, as those of the system's clock are.
    return Math.floor(this.#startMs + this.monotonic());
  }

  monotonic(): number {
    return (systemClock.monotonic() - this.#beganMs) * this.#speed;
  }

  setTimer(delayMs: number, callback: () => void, options?: TimerOptions): CancelTimer {
    return systemClock.setTimer(delayMs / this.#speed, callback, options);
  }
}
