import type { RunResult } from '@millrace/core';

export const EXIT = { succeeded: 0, failed: 1, usage: 2, degraded: 3, cancelled: 130 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A degraded run counts as succeeded unless `--strict` was given. */
export function exitCodeOf(status: RunResult['status'], strict: boolean): ExitCode {
  return status === 'degraded' && !strict ? EXIT.succeeded : EXIT[status];
}
