import type { ModelPipeline } from '../pipeline/index.ts';
import type { Plan } from './plan.ts';
import { type CurrentInputs, type PlannedSelection, Planner } from './planner.ts';

export interface PlanRequest {
  readonly pipeline: ModelPipeline;
  /** Expected milliseconds per stage, from history. */
  readonly durations?: ReadonlyMap<string, number> | undefined;
  readonly selection?: PlannedSelection | undefined;
}

const NOTHING_KEPT: CurrentInputs = { keep() {}, entries: () => [] };

/**
 * The plan of a new run. Pure: the same request gives the same plan. A stage with a condition on values is
 * undecided, and so is what cannot do without it. O(stages + dependencies).
 */
export function planRun({ pipeline, durations, selection }: PlanRequest): Plan {
  const planner = new Planner({
    pipeline,
    prior: new Map(),
    current: NOTHING_KEPT,
    recorded: () => undefined,
    filesOf: () => [],
    selection,
    removed: [],
    contextChanges: new Map(),
  });
  const isPlain = selection === undefined && pipeline.stages.every((stage) => !stage.when);
  // Every stage of a new run runs, which is how a planner starts.
  if (!isPlain)
    for (const index of pipeline.graph.order)
      planner.settle(index, planner.leaveOpen(index, planner.decide(index), false));
  return planner.finish(durations);
}
