import type { CancelTimer, Clock, TimerOptions } from './clock.ts';

interface PendingTimer {
  readonly dueMs: number;
  readonly order: number;
  readonly isBackground: boolean;
  readonly callback: () => void;
}

/** A clock that moves only when told to, for tests and simulation. */
export class VirtualClock implements Clock {
  #nowMs: number;
  readonly #startMs: number;
  #order = 0;
  readonly #timers = new Set<PendingTimer>();

  /** @param startMs wall clock at the start, milliseconds since 1970 UTC */
  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.#startMs = startMs;
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  monotonic(): number {
    return this.#nowMs - this.#startMs;
  }

  setTimer(
    delayMs: number,
    callback: () => void,
    { isBackground = false }: TimerOptions = {},
  ): CancelTimer {
    const dueMs = this.#nowMs + Math.max(0, delayMs);
    const timer = { dueMs, order: this.#order++, isBackground, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** How many timers wait; those in the background, which nobody waits for, do not count. */
  get pendingTimers(): number {
    return [...this.#timers].filter(({ isBackground }) => !isBackground).length;
  }

  /** Moves to the next due timer and fires it; false when none waits but in the background. */
  fireNext(): boolean {
    const next = this.#nextTimer();
    if (next === undefined || this.pendingTimers === 0) return false;
    this.#fire(next);
    return true;
  }

  /** Moves `ms` ahead, firing what falls due in order of time, and yields to promises between. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      await settle();
      const next = this.#nextTimer();
      if (next === undefined || next.dueMs > untilMs) break;
      this.#fire(next);
    }
    this.#nowMs = untilMs;
    await settle();
  }

  #fire(timer: PendingTimer): void {
    this.#timers.delete(timer);
    this.#nowMs = Math.max(this.#nowMs, timer.dueMs);
    timer.callback();
  }

  #nextTimer(): PendingTimer | undefined {
    let next: PendingTimer | undefined;
    for (const timer of this.#timers) {
      if (
        next === undefined ||
        timer.dueMs < next.dueMs ||
        (timer.dueMs === next.dueMs && timer.order < next.order)
      ) {
        next = timer;
      }
    }
    return next;
  }
}

/** More turns than any chain of turns that the engine waits for without time passing. */
const SETTLING_TURNS = 6;

/** Lets everything go on that can go on without time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < SETTLING_TURNS; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
