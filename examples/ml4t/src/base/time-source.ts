/** Where the time comes from; tests give one of their own. */
export interface TimeSource {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** Nanoseconds from an unknown start, never going back: for durations. */
  nowNs(): bigint;
}

export const systemTime: TimeSource = {
  nowMs: () => Date.now(),
  nowNs: () => process.hrtime.bigint(),
};
