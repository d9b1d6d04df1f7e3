import { remainingPath } from '../graph/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { changedParts, fingerprintOf } from './fingerprint.ts';
import { countDecisions, type Decision, type Explanation, type Plan } from './plan.ts';

/** A stage's checkpoint as the plan needs it. */
export interface PriorOutcome {
  /** `lost`: its process died while it was running. */
  readonly status: 'succeeded' | 'failed' | 'skipped' | 'cancelled' | 'lost';
  readonly attempt: number;
  readonly fingerprint: string;
  /** Set when what the stage wrote can no longer be read. */
  readonly damage?: string;
}

export interface PlanRequest {
  readonly pipeline: ModelPipeline;
  /** Outcomes so far of the run that goes on, by stage id; empty for a new run. */
  readonly prior?: ReadonlyMap<string, PriorOutcome>;
  /** Expected milliseconds per stage, from history. */
  readonly durations?: ReadonlyMap<string, number>;
}

const FIRST_TIME: Explanation = 'it has not run yet';
/** A stage without history is taken for this long, so that depth still counts. */
const UNKNOWN_DURATION_MS = 1;

/** Decides every stage. Pure: the same request gives the same plan. O(stages + dependencies). */
export function planRun({ pipeline, prior, durations }: PlanRequest): Plan {
  const { graph } = pipeline;
  const decisions: Decision[] = new Array(graph.count).fill('run');
  const explanations: Explanation[] = new Array(graph.count).fill(FIRST_TIME);
  if (prior !== undefined && prior.size > 0) {
    for (const index of graph.order) {
      const verdict = decide(pipeline, index, prior, decisions);
      decisions[index] = verdict.decision;
      explanations[index] = verdict.explanation;
    }
  }
  const priority = remainingPath(graph, weightsOf(pipeline, durations));
  return { pipeline, decisions, explanations, counts: countDecisions(decisions), priority };
}

interface Verdict {
  readonly decision: Decision;
  readonly explanation: Explanation;
}

function decide(
  pipeline: ModelPipeline,
  index: number,
  prior: ReadonlyMap<string, PriorOutcome>,
  decisions: readonly Decision[],
): Verdict {
  const id = pipeline.graph.ids[index] ?? '';
  const outcome = prior.get(id);
  if (outcome === undefined) return run(FIRST_TIME);
  if (outcome.damage !== undefined) return run(`its checkpoint is damaged: ${outcome.damage}`);
  if (outcome.status === 'lost') return run(`attempt ${outcome.attempt} died with its process`);
  if (outcome.status !== 'succeeded') return run(NOT_DONE[outcome.status]);
  const changed = changedParts(outcome.fingerprint, fingerprintOf(pipeline, index));
  if (changed.length > 0) return run(`its ${changed.join(' and ')} changed`);
  const upstream = rerunDependency(pipeline, index, decisions);
  if (upstream !== undefined) return run(`${JSON.stringify(upstream)} runs again`);
  return { decision: 'reuse', explanation: `it succeeded in attempt ${outcome.attempt}` };
}

const NOT_DONE = {
  failed: 'it failed',
  skipped: 'it was skipped',
  cancelled: 'it was cancelled',
} as const;

function run(explanation: Explanation): Verdict {
  return { decision: 'run', explanation };
}

function rerunDependency(
  { graph }: ModelPipeline,
  index: number,
  decisions: readonly Decision[],
): string | undefined {
  const end = graph.dependencyOffsets[index + 1] as number;
  for (let edge = graph.dependencyOffsets[index] as number; edge < end; edge++) {
    const dependency = graph.dependencies[edge] as number;
    if (decisions[dependency] !== 'reuse') return graph.ids[dependency];
  }
  return undefined;
}

function weightsOf(
  { graph }: ModelPipeline,
  durations: ReadonlyMap<string, number> | undefined,
): Float64Array | undefined {
  if (durations === undefined || durations.size === 0) return undefined;
  return Float64Array.from(graph.ids, (id) =>
    Math.max(UNKNOWN_DURATION_MS, durations.get(id) ?? 0),
  );
}
