import type { RunStatus } from '../events/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import type { RunState } from '../run/index.ts';
import type { StageOutcomes } from './stage-outcomes.ts';

interface EndedRun {
  readonly pipeline: ModelPipeline;
  readonly state: RunState;
  readonly outcomes: StageOutcomes;
  readonly wasCancelled: boolean;
}

/** How a run ended. A cancel that came too late to reach any stage does not count. */
export function finalStatus({
  pipeline,
  state,
  outcomes,
  wasCancelled,
}: EndedRun): Exclude<RunStatus, 'running'> {
  if (wasCancelled && state.count('cancelled') > 0) return 'cancelled';
  const failed = state.inStatus('failed');
  const isFatal = (index: number): boolean =>
    pipeline.stages[index]?.options.critical === true && outcomes.get(index)?.fallback !== true;
  if (failed.some(isFatal)) return 'failed';
  const isPartial = pipeline.stages.some(
    ({ map, index }) => map !== undefined && (outcomes.get(index)?.items?.failed ?? 0) > 0,
  );
  return failed.length > 0 || isPartial ? 'degraded' : 'succeeded';
}
