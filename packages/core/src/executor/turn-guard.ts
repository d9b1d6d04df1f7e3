/** The event loop gets a turn after so many milliseconds, so that timers and signals are heard. */
const LONGEST_TURN_MS = 20;
/** The clock is read once in so many checks. */
const CHECKS_PER_LOOK = 64;

/** Breaks off work that never lets the event loop turn, and continues it in the next turn. */
export class TurnGuard {
  readonly #resume: () => void;
  #checks = 0;
  #beganMs = performance.now();
  #next: NodeJS.Immediate | undefined;

  constructor(resume: () => void) {
    this.#resume = resume;
  }

  /** Work was broken off and goes on in the next turn. */
  get isPending(): boolean {
    return this.#next !== undefined;
  }

  /** True when the caller must stop now; `resume` is called in the next turn. */
  isOver(): boolean {
    if (this.#next !== undefined) return true;
    if (++this.#checks % CHECKS_PER_LOOK !== 0) return false;
    if (performance.now() - this.#beganMs < LONGEST_TURN_MS) return false;
    this.#next = setImmediate(() => {
      this.#next = undefined;
      this.#beganMs = performance.now();
      this.#resume();
    });
    return true;
  }

  stop(): void {
    if (this.#next !== undefined) clearImmediate(this.#next);
    this.#next = undefined;
  }
}
