import type { RunId } from '../base/ids.ts';
import type { CheckpointStore, RunRecord, StageRecord } from '../checkpoint/index.ts';
import { runNotFound } from '../executor/claim-run.ts';

export interface RunRecords {
  readonly run: RunRecord;
  /** The newest of each stage, in order of commit. */
  readonly stages: readonly StageRecord[];
}

/** @throws MillraceError RUN_NOT_FOUND */
export async function readRecords(store: CheckpointStore, id: RunId): Promise<RunRecords> {
  const run = await store.findRun(id);
  if (run === undefined) throw runNotFound(store, id);
  return { run, stages: await store.loadStages(id) };
}
