import type { LaunchedAttempt } from './launched-attempt.ts';

/** What the waits ask of the session. */
export interface WaitHost {
  /** The attempt begins to wait: it gives its slot up. */
  readonly pause: (launched: LaunchedAttempt) => void;
  /** A wait is over: `goOn` is called once there is a slot for its attempt. */
  readonly wake: (launched: LaunchedAttempt, goOn: () => void) => void;
}
