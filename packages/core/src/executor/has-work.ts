import type { StageRecord } from '../checkpoint/index.ts';
import { isLeftOutBySelection, type Plan } from '../plan/index.ts';

/** Whether a plan would change anything of a run that has succeeded. */
export function hasWork(
  { counts, removed, pipeline, decisions, reasons }: Plan,
  records: ReadonlyMap<string, StageRecord>,
): boolean {
  if (counts.run + counts.undecided + removed.length > 0) return true;
  return pipeline.stages.some(({ id, index }) => {
    const isSkipped = decisions[index] === 'skip' && !isLeftOutBySelection(reasons[index]);
    return isSkipped && records.get(id)?.status !== 'skipped';
  });
}
