import type { StageRecord } from '../checkpoint/index.ts';
import { descendantsMask } from '../graph/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';

/**
 * The outcomes that a run can take back, by index of the stage: those that succeeded in this run and no other, of
 * stages that have an `undo`.
 * @param from only this stage and what rests on it
 * @throws MillraceError STAGE_UNKNOWN
 */
export function undoableStages(
  pipeline: ModelPipeline,
  records: ReadonlyMap<string, StageRecord>,
  from?: string,
): ReadonlyMap<number, StageRecord> {
  const { graph, stages } = pipeline;
  const start = from === undefined ? undefined : pipeline.stage(from).index;
  const behind = start === undefined ? undefined : descendantsMask(graph, [start]);
  const undoable = new Map<number, StageRecord>();
  for (const { index, id, blueprint } of stages) {
    const record = records.get(id);
    const isMeant = behind === undefined || index === start || behind[index] === 1;
    if (!isMeant || !blueprint.hasUndo || record === undefined) continue;
    // What another run has done is for that run to take back.
    if (record.status === 'succeeded' && record.origin === undefined) undoable.set(index, record);
  }
  return undoable;
}
