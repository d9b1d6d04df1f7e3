import type { PlanCounts } from '../events/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { describeReasons, type Reason } from './reason.ts';

/**
 * What a run does with a stage. `undecided`: what it reads is being made anew, and whether it runs depends
 * on what comes out; that is settled the moment it is ready.
 */
export type Decision = 'run' | 'reuse' | 'skip' | 'undecided';

/** A decision with its causes. */
export interface Verdict {
  readonly decision: Decision;
  readonly reasons: readonly Reason[];
}

/** Frozen decision per stage, with its reason, for one run of one pipeline. */
export interface Plan {
  readonly pipeline: ModelPipeline;
  /** By index of the stage. */
  readonly decisions: readonly Decision[];
  readonly reasons: readonly (readonly Reason[])[];
  readonly counts: PlanCounts;
  /** Stages of which the run holds outcomes, and which the pipeline no longer has; what they wrote goes with them. */
  readonly removed: readonly string[];
  /** Longest remaining path of each stage: the order in which ready stages start. */
  readonly priority: Float64Array;
  /** Milliseconds that each stage took before, by id; a stage without history is missing. */
  readonly durations: ReadonlyMap<string, number>;
}

export function countDecisions(decisions: readonly Decision[]): PlanCounts {
  const counts = { run: 0, reuse: 0, skip: 0, undecided: 0 };
  for (const decision of decisions) counts[decision]++;
  return counts;
}

/** Whether the stage's own checkpoint stands if what it rests on comes out the same. */
export function isInDoubt({ decisions, reasons }: Plan, index: number): boolean {
  const [first] = reasons[index] ?? [];
  return decisions[index] === 'undecided' && first !== undefined && !WITHOUT_RECORD.has(first.kind);
}

/** A stage that waits for one of these has changed itself, or never ended. */
const WITHOUT_RECORD: ReadonlySet<Reason['kind']> = new Set([
  'pending-cache',
  'pending-condition',
  'pending-skip',
]);

/** Why a stage is decided as it is, in one line: `with.window 20 -> 30 at pipeline.yaml:14:15`. */
export function explanationOf(plan: Plan, index: number): string {
  return describeReasons(plan.reasons[index] ?? []);
}
