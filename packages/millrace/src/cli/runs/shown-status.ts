import { processLiveness, type RunRecord, type RunStatus } from '@millrace/core';

/** `interrupted`: recorded as running, but its process has ended. */
export type ShownRunStatus = RunStatus | 'interrupted';

export const SHOWN_RUN_STATUSES = [
  'running',
  'interrupted',
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
