import type { RunResult } from '@millrace/core';

/** `waiting` is the code by which a program asks to be started again later (EX_TEMPFAIL). */
export const EXIT = {
  succeeded: 0,
  failed: 1,
  usage: 2,
  degraded: 3,
  waiting: 75,
  cancelled: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A degraded run counts as succeeded unless `--strict` was given. */
export function exitCodeOf(status: RunResult['status'], strict: boolean): ExitCode {
  return status === 'degraded' && !strict ? EXIT.succeeded : EXIT[status];
}
