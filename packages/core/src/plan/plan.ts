import type { PlanCounts } from '../events/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';

/** What a run does with a stage. */
export type Decision = 'run' | 'reuse' | 'skip';

/** The recorded reason of a decision, one clause: `its params changed`. */
export type Explanation = string;

/** Frozen decision per stage, with its reason, for one run of one pipeline. */
export interface Plan {
  readonly pipeline: ModelPipeline;
  /** By index of the stage. */
  readonly decisions: readonly Decision[];
  readonly explanations: readonly Explanation[];
  readonly counts: PlanCounts;
  /** Longest remaining path of each stage: the order in which ready stages start. */
  readonly priority: Float64Array;
}

export function countDecisions(decisions: readonly Decision[]): PlanCounts {
  const counts = { run: 0, reuse: 0, skip: 0 };
  for (const decision of decisions) counts[decision]++;
  return counts;
}
