import { join } from 'node:path';

/** Where a run's log is, there or not, as far as the run says. */
export function logFileOf(dir: string | undefined, runId: string): string | undefined {
  return dir === undefined ? undefined : join(dir, `${runId}.log`);
}
