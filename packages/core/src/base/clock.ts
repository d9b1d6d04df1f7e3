/** Stops a pending timer; calling it again does nothing. */
export type CancelTimer = () => void;

export interface TimerOptions {
  /** It does not keep the process alive when nothing else does. Default false. */
  readonly isBackground?: boolean;
}

/** Time as the engine sees it, so that tests can turn it by hand. */
export interface Clock {
  /** Wall clock, milliseconds since 1970 UTC. It may jump; use it for records only. */
  now(): number;
  /** Milliseconds that never go back; use it for durations and deadlines. */
  monotonic(): number;
  /** Calls back once, not before `delayMs` have passed. */
  setTimer(delayMs: number, callback: () => void, options?: TimerOptions): CancelTimer;
}

/** setTimeout fires at once past this delay, so longer waits are cut into parts. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(delayMs, callback, { isBackground = false } = {}) {
    // setTimeout cuts fractions off, and would call back before the time.
    let remainingMs = Math.max(0, Math.ceil(delayMs));
    let handle: ReturnType<typeof setTimeout>;
    const arm = (): void => {
      const partMs = Math.min(remainingMs, LONGEST_TIMEOUT_MS);
      remainingMs -= partMs;
      handle = setTimeout(() => (remainingMs > 0 ? arm() : callback()), partMs);
      if (isBackground) handle.unref();
    };
    arm();
    return () => clearTimeout(handle);
  },
};
