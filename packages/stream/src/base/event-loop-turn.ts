/** So often the time is looked at, which costs more than a small stage. */
const LOOKS_EVERY = 32;
/** The event loop gets a turn after so many milliseconds, so that timers, signals and sockets get theirs. */
const LONGEST_TURN_MS = 10;

/** Says when work that never waits has to let the event loop turn. It is real time, whatever clock a stream has. */
export class EventLoopTurn {
  #beganMs = 0;
  #asked = 0;

  /** True when the caller should wait for {@link pass} before it goes on. */
  isOver(): boolean {
    if (++this.#asked % LOOKS_EVERY !== 0) return false;
    return performance.now() - this.#beganMs > LONGEST_TURN_MS;
  }

  /** An immediate may still belong to the present turn; the second one comes after signals were polled. */
  async pass(): Promise<void> {
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    this.#beganMs = performance.now();
  }
}
