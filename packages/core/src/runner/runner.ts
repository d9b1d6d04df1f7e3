import type { AttemptOutcome, AttemptRequest } from '../attempt/index.ts';

/** An attempt that is under way. */
export interface RunningAttempt {
  /** Aborts the stage's signal; the outcome follows at the latest after its grace period. */
  cancel(): void;
}

/** Executes attempts somewhere: in this process, on a thread, on another machine. */
export interface Runner {
  /**
   * Starts one attempt. `settled` is called exactly once, perhaps before `start` returns; never after
   * the outcome was given. An attempt never throws: whatever the stage does becomes an outcome.
   */
  start(request: AttemptRequest, settled: (outcome: AttemptOutcome) => void): RunningAttempt;
}
