import type { Decision, Plan } from '../plan/index.ts';
import { RunState } from './run-state.ts';

/** How long a planned run should take, milliseconds. */
export interface RunEstimate {
  /** When every undecided stage is kept. */
  readonly leastMs: number;
  /** When every undecided stage runs. */
  readonly mostMs: number;
  /** Stages that may run and of which no earlier duration is known; they count as nothing. */
  readonly unknown: number;
}

/**
 * Plays a plan through with the durations of earlier runs, as the scheduler would. Undefined when nothing
 * is known of any stage that may run. O(stages log stages + dependencies).
 * @param concurrency stages that run at the same time
 */
export function estimateRun(plan: Plan, concurrency: number): RunEstimate | undefined {
  const { pipeline, decisions, durations } = plan;
  const mayRun = pipeline.graph.ids.filter((_, index) => isRun(decisions[index], true));
  const unknown = mayRun.filter((id) => !durations.has(id)).length;
  if (unknown === mayRun.length) return mayRun.length === 0 ? NOTHING_TO_RUN : undefined;
  const mostMs = playThrough(plan, concurrency, true);
  const leastMs = plan.counts.undecided === 0 ? mostMs : playThrough(plan, concurrency, false);
  return { leastMs, mostMs, unknown };
}

const NOTHING_TO_RUN: RunEstimate = { leastMs: 0, mostMs: 0, unknown: 0 };

interface Busy {
  readonly stage: number;
  readonly endMs: number;
}

function playThrough(plan: Plan, concurrency: number, undecidedRun: boolean): number {
  const { pipeline, decisions, durations, priority } = plan;
  const { graph } = pipeline;
  const tieBreak = Int32Array.from({ length: graph.count }, (_, index) => index);
  const state = new RunState(graph, { priority, tieBreak });
  for (const stage of graph.order) if (!isRun(decisions[stage], undecidedRun)) state.reuse(stage);
  state.unblockRoots();
  const busy: Busy[] = [];
  let nowMs = 0;
  for (;;) {
    const stage = busy.length < concurrency ? state.takeReady() : undefined;
    if (stage !== undefined) {
      state.start(stage);
      addByEnd(busy, { stage, endMs: nowMs + (durations.get(graph.ids[stage] ?? '') ?? 0) });
      continue;
    }
    const next = busy.pop();
    if (next === undefined) return nowMs;
    nowMs = next.endMs;
    state.succeed(next.stage);
  }
}

/** Keeps the list by its end, the next one last. */
function addByEnd(busy: Busy[], added: Busy): void {
  let low = 0;
  let high = busy.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((busy[middle] as Busy).endMs > added.endMs) low = middle + 1;
    else high = middle;
  }
  busy.splice(low, 0, added);
}

function isRun(decision: Decision | undefined, undecidedRun: boolean): boolean {
  return decision === 'run' || (undecidedRun && decision === 'undecided');
}
