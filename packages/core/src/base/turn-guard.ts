import type { Clock } from './clock.ts';

/** The event loop gets a turn after so many milliseconds, so that timers, signals and commits get theirs. */
const LONGEST_TURN_MS = 20;

/** Breaks off work that never lets the event loop turn, and continues it in the next turn. */
export class TurnGuard {
  readonly #resume: () => void;
  readonly #clock: Pick<Clock, 'monotonic'>;
  /** When work began in the present turn; undefined until it asks. */
  #beganMs: number | undefined;
  #turnEnd: NodeJS.Immediate | undefined;
  #next: NodeJS.Immediate | undefined;

  constructor(resume: () => void, clock: Pick<Clock, 'monotonic'>) {
    this.#resume = resume;
    this.#clock = clock;
  }

  /** Work was broken off and goes on in the next turn. */
  get isPending(): boolean {
    return this.#next !== undefined;
  }

  /** True when the caller must stop now; `resume` is called in the next turn. */
  isOver(): boolean {
    if (this.#next !== undefined) return true;
    const nowMs = this.#clock.monotonic();
    if (this.#beganMs === undefined) return this.#beginTurn(nowMs);
    // Looked at each time: one stage that computes may take a whole turn by itself.
    if (nowMs - this.#beganMs < LONGEST_TURN_MS) return false;
    // An immediate may still belong to the present turn; the second one comes after signals were polled.
    this.#next = setImmediate(() => {
      this.#next = setImmediate(() => {
        this.#next = undefined;
        this.#resume();
      });
    });
    return true;
  }

  stop(): void {
    if (this.#next !== undefined) clearImmediate(this.#next);
    if (this.#turnEnd !== undefined) clearImmediate(this.#turnEnd);
    this.#next = undefined;
    this.#turnEnd = undefined;
  }

  #beginTurn(nowMs: number): false {
    this.#beganMs = nowMs;
    this.#turnEnd = setImmediate(() => {
      this.#turnEnd = undefined;
      this.#beganMs = undefined;
    });
    return false;
  }
}
