/** So often the time is looked at, which costs as much as a small stage. */
const LOOKS_EVERY = 32;
/** The event loop gets a turn after so many milliseconds, so that timers, signals and sockets get theirs. */
const LONGEST_TURN_MS = 10;

/** Says when work that never waits has to let the event loop turn. It is real time, whatever clock a stream has. */
export class EventLoopTurn {
  /** When work began in the present turn; undefined until it asks. */
  #beganMs: number | undefined;
  #asked = 0;

  /** True when the caller should wait for {@link pass} before it goes on. */
  isOver(): boolean {
    if (this.#beganMs === undefined) {
      this.#beganMs = performance.now();
      setImmediate(() => {
        this.#beganMs = undefined;
      });
      return false;
    }
    if (++this.#asked % LOOKS_EVERY !== 0) return false;
    return performance.now() - this.#beganMs > LONGEST_TURN_MS;
  }

  /** An immediate may still belong to the present turn; the second one comes after signals were polled. */
  async pass(): Promise<void> {
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  }
}
