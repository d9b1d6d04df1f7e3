import { processLiveness, type RunRecord, type RunStatus } from '@millrace/core';

/**
 * `interrupted`: recorded as running, but its process has ended. `waiting`: the same, and all that is left waits for
 * signals or times.
 */
export type ShownRunStatus = RunStatus | 'interrupted' | 'waiting';

export const SHOWN_RUN_STATUSES = [
  'running',
  'interrupted',
  'waiting',
  'succeeded',
  'degraded',
  'failed',
  'cancelled',
] as const satisfies readonly ShownRunStatus[];

export function shownRunStatus({ status, owner }: RunRecord): ShownRunStatus {
  if (status !== 'running') return status;
  return owner === undefined || processLiveness(owner) === 'dead' ? 'interrupted' : 'running';
}

/** Whether `resume` has something to do, now. */
export function isUnfinished(status: ShownRunStatus): boolean {
  return status !== 'succeeded' && status !== 'running';
}
