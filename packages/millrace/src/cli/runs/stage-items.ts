import { asStageId, type CheckpointStore, type ItemRecord, type RunRecord } from '@millrace/core';
import type { StageReport } from './run-report.ts';

/** The items of a mapped stage; of one whose outcome was taken over, those of the other run. */
export async function stageItems(
  store: CheckpointStore,
  { id: runId }: RunRecord,
  { id, origin }: StageReport,
): Promise<readonly ItemRecord[]> {
  const own = await store.loadItems(runId, asStageId(id));
  return own.length > 0 || origin === undefined
    ? own
    : store.loadItems(origin.runId, asStageId(id));
}
