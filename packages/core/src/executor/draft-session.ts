import { ContextLayers } from '../context/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { planRun } from '../plan/index.ts';
import { type ContextUpdate, currentContext } from './current-context.ts';
import { type DraftedPlan, draftPlan } from './draft-plan.ts';
import { pastDurations } from './past-durations.ts';
import { planSelection, refuseIncomplete } from './plan-selection.ts';
import { priorOutcomes, type RunHistory } from './run-history.ts';
import type { ExecutorServices, RunOptions } from './run-options.ts';
import type { InitialContext } from './seal-initial-context.ts';

type DraftServices = Pick<ExecutorServices, 'store' | 'holdsSecret'>;

/** What the first session of a run is to do. */
export async function draftStart(
  { store }: DraftServices,
  pipeline: ModelPipeline,
  options: RunOptions & Pick<InitialContext, 'cells'>,
): Promise<DraftedPlan> {
  const { cells } = options;
  const selection = planSelection(pipeline, options.selection, new Map());
  const durations = await pastDurations(store, pipeline);
  if (!pipeline.stages.some(({ options: { cacheable }, when }) => cacheable || when)) {
    const plan = planRun({ pipeline, durations, selection });
    refuseIncomplete(plan, options.selection, selection?.mask);
    return { plan, layers: new ContextLayers(cells), cached: new Map() };
  }
  const drafted = await draftPlan({
    store,
    pipeline,
    initial: cells,
    contextChanges: new Map(),
    records: new Map(),
    prior: new Map(),
    durations,
    selection,
    mayUseCache: options.cache !== false,
    loadContext: false,
  });
  refuseIncomplete(drafted.plan, options.selection, selection?.mask);
  return drafted;
}

/** What another session of a run is to do. */
export async function draftResume(
  { store, holdsSecret }: DraftServices,
  pipeline: ModelPipeline,
  options: RunOptions & { readonly history: RunHistory },
): Promise<DraftedPlan & { readonly contextUpdate: ContextUpdate | undefined }> {
  const { history } = options;
  const { record, stages } = history;
  const selection = planSelection(pipeline, options.selection, stages);
  const context = await currentContext(store, pipeline, record, holdsSecret);
  const drafted = await draftPlan({
    store,
    runId: record.id,
    holdsSecret,
    pipeline,
    initial: context.cells,
    contextChanges: context.changes,
    records: stages,
    prior: priorOutcomes(history),
    durations: new Map([...(await pastDurations(store, pipeline)), ...durationsOf(stages)]),
    selection,
    mayUseCache: options.cache !== false,
    loadContext: options.loadContext !== false,
  });
  refuseIncomplete(drafted.plan, options.selection, selection?.mask);
  return { ...drafted, contextUpdate: context.update };
}

/** A stage that failed or was cancelled tells nothing of how long the whole of it takes. */
function durationsOf(stages: RunHistory['stages']): (readonly [string, number])[] {
  return [...stages.values()]
    .filter(({ status }) => status === 'succeeded')
    .map(({ stage, durationMs }) => [stage, durationMs]);
}
