import type { StageRecord } from '../checkpoint/index.ts';
import type { RunStatus } from '../events/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';

type EndStatus = Exclude<RunStatus, 'running'>;

/**
 * How a run stands after an undo by hand. One that failed or was cancelled stays so; of the others, and of one whose
 * process died, the records tell: what was undone counts as cancelled, and so does what was never come to.
 */
export function statusAfterUndo(
  { stages }: ModelPipeline,
  records: ReadonlyMap<string, StageRecord>,
  before: RunStatus,
): EndStatus {
  if (before === 'failed' || before === 'cancelled') return before;
  const failed = [...records.values()].filter(({ status }) => status === 'failed');
  const critical = new Set(stages.flatMap(({ id, options }) => (options.critical ? [id] : [])));
  if (failed.some(({ stage, fallback }) => critical.has(stage) && !fallback)) return 'failed';
  const isOpen = stages.some(({ id }) => {
    const status = records.get(id)?.status;
    return status === undefined || status === 'cancelled';
  });
  if (isOpen) return 'cancelled';
  const isPartial = [...records.values()].some(({ items }) => (items?.failed ?? 0) > 0);
  return failed.length > 0 || isPartial ? 'degraded' : 'succeeded';
}
