import { type CheckpointStore, openWaits, type RunRecord, type WaitRecord } from '@millrace/core';
import { type ShownRunStatus, shownRunStatus } from './shown-status.ts';

/** How a run stands, and what its stages wait for. */
export interface RunWaits {
  readonly status: ShownRunStatus;
  readonly waits: readonly WaitRecord[];
}

/**
 * A run that was released while it waits is `waiting`, and not interrupted. One whose process died while a stage
 * waited was: other stages may have been at work.
 */
export async function readRunWaits(store: CheckpointStore, run: RunRecord): Promise<RunWaits> {
  const status = shownRunStatus(run);
  if (status === 'succeeded') return { status, waits: [] };
  const waits = await openWaits(store, run.id);
  const isReleased = status === 'interrupted' && run.owner === undefined && waits.length > 0;
  return { status: isReleased ? 'waiting' : status, waits };
}
