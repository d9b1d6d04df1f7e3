import type { AttemptOutcome, AttemptRequest } from '../attempt/index.ts';

/** An attempt that is under way. */
export interface RunningAttempt {
  /** Aborts the stage's signal; the outcome follows at the latest after its grace period. */
  cancel(): void;
  /**
   * Begins nothing new within the attempt: no item of a mapped stage. An attempt that does one thing goes on; one
   * that had more to do ends cancelled, with what it has done on record.
   */
  stop?(): void;
}

/** Executes attempts somewhere: in this process, on a thread, on another machine. */
export interface Runner {
  /**
   * Starts one attempt. `settled` is called exactly once, perhaps before `start` returns; never after
   * the outcome was given. An attempt never throws: whatever the stage does becomes an outcome.
   */
  start(request: AttemptRequest, settled: (outcome: AttemptOutcome) => void): RunningAttempt;
}
