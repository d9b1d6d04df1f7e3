import type { StageId } from '../base/ids.ts';
import { MillraceError } from '../base/millrace-error.ts';
import type { RunRecord, StageRecord } from '../checkpoint/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { undoableStages } from './undoable-stages.ts';

/** What an undo of a run would take back. */
export interface UndoPlan {
  /** In an order in which each comes after all that rest on it. */
  readonly stages: readonly StageId[];
  /** Those that succeeded and have no `undo`, in the order of declaration: they stay as they are. */
  readonly kept: readonly StageId[];
}

/** @throws MillraceError STAGE_UNKNOWN */
export function planUndo(
  pipeline: ModelPipeline,
  records: ReadonlyMap<string, StageRecord>,
  from: string | undefined,
): UndoPlan {
  const targets = undoableStages(pipeline, records, from);
  const ids = [...pipeline.graph.order].reverse().flatMap((index) => {
    const stage = pipeline.stages[index];
    return stage !== undefined && targets.has(index) ? [stage.id] : [];
  });
  const kept = pipeline.stages.flatMap(({ id, blueprint }) =>
    !blueprint.hasUndo && records.get(id)?.status === 'succeeded' ? [id] : [],
  );
  return { stages: ids, kept };
}

/** @throws MillraceError UNDO_SUCCEEDED */
export function refuseSucceeded({ id, status }: RunRecord): void {
  if (status !== 'succeeded') return;
  throw new MillraceError(
    'UNDO_SUCCEEDED',
    `run ${id} has succeeded, and nothing of it is in doubt`,
    {
      details: { runId: id },
      help: 'to take back what it did nevertheless, say so: --force',
    },
  );
}
