import {
  type Decision,
  describeReasons,
  estimateRun,
  explanationOf,
  formatDuration,
  type Plan,
  type Reason,
  type RunEstimate,
} from '@millrace/core';
import { padTo, widthOf } from '../terminal/printable.ts';
import { markOf } from '../terminal/status-style.ts';
import type { Paint, Terminal } from '../terminal/terminal.ts';
import { countOf, listOf } from './words.ts';

const MOST_STAGES = 20;

export interface PlanJson {
  readonly pipeline: string;
  readonly counts: Plan['counts'];
  /** Stages that the run has done and the pipeline no longer has. */
  readonly removed: readonly string[];
  /** From the durations of earlier runs; absent when nothing is known. */
  readonly estimate?: RunEstimate;
  readonly stages: readonly {
    readonly id: string;
    readonly decision: Decision;
    /** In one line. */
    readonly reason: string;
    readonly reasons: readonly Reason[];
    /** Of its newest known run, milliseconds. */
    readonly expectedMs?: number;
  }[];
}

export function planJson(plan: Plan): PlanJson {
  const { pipeline, counts, removed, decisions, reasons, durations } = plan;
  const estimate = estimateRun(plan, pipeline.definition.concurrency);
  const stages = pipeline.graph.ids.map((id, index) => {
    const expectedMs = durations.get(id);
    return {
      id,
      decision: decisions[index] ?? 'run',
      reason: describeReasons(reasons[index] ?? []),
      reasons: reasons[index] ?? [],
      ...(expectedMs === undefined ? {} : { expectedMs }),
    };
  });
  return {
    pipeline: pipeline.name,
    counts,
    removed,
    ...(estimate === undefined ? {} : { estimate }),
    stages,
  };
}

export function printPlan(
  plan: Plan,
  terminal: Terminal,
  { json }: { readonly json?: boolean | undefined },
): void {
  if (json === true) terminal.printJson(planJson(plan));
  else terminal.print(planLines(plan, terminal.paint).join('\n'));
}

/** What a resume keeps and why the rest runs, in few lines. */
export function resumeLines(plan: Plan, paint: Paint): string[] {
  return [...keptLines(plan, ['kept: none']), ...restLines(plan, paint)];
}

/** What a new run of some stages runs, and why the rest does not: it has nothing to keep, caches aside. */
export function selectionLines(plan: Plan, paint: Paint): string[] {
  return [...keptLines(plan, []), ...restLines(plan, paint)];
}

function keptLines(plan: Plan, none: readonly string[]): readonly string[] {
  const kept = stagesOf(plan, 'reuse');
  return kept.length === 0 ? none : [`kept: ${listOf(kept)} (${kept.length})`];
}

function restLines(plan: Plan, paint: Paint): string[] {
  const lines: string[] = [];
  for (const decision of ['run', 'undecided', 'skip'] as const) {
    const stages = stagesOf(plan, decision);
    if (stages.length === 0) continue;
    lines.push(`${WORDS[decision]} (${stages.length}):`);
    lines.push(...reasonLines(plan, stages, paint));
  }
  return [...lines, ...removedLines(plan, paint)];
}

/** Every stage with its decision and reason. */
function planLines(plan: Plan, paint: Paint): string[] {
  const { pipeline, decisions, counts } = plan;
  const { ids, order } = pipeline.graph;
  const width = ids.reduce((widest, id) => Math.max(widest, widthOf(id)), 0);
  const wordWidth = Math.max(5, ...DECISIONS.filter((word) => counts[word] > 0).map(widthOf));
  const lines = Array.from(order, (index) => {
    const decision = decisions[index] ?? 'run';
    const mark = markOf(MARKS[decision], paint);
    return `${mark} ${padTo(ids[index] ?? '', width)}  ${padTo(decision, wordWidth)}  ${paint('dim', explanationOf(plan, index))}`;
  });
  const parts = DECISIONS.filter((decision) => counts[decision] > 0).map(
    (decision) => `${counts[decision]} ${WORDS[decision]}`,
  );
  const total = `${countOf(ids.length, 'stage')}: ${parts.join(', ')}`;
  return [...lines, ...removedLines(plan, paint), '', `${total}${estimateText(plan)}`];
}

function removedLines({ removed }: Plan, paint: Paint): readonly string[] {
  if (removed.length === 0) return [];
  return [
    paint('dim', `no longer in the pipeline: ${listOf(removed)}; what they wrote is dropped`),
  ];
}

/** `; about 2.4s`, or both ends where something is undecided. */
function estimateText(plan: Plan): string {
  const estimate = estimateRun(plan, plan.pipeline.definition.concurrency);
  if (estimate === undefined || estimate.mostMs === 0) return '';
  const { leastMs, mostMs, unknown } = estimate;
  const [least, most] = [formatDuration(leastMs), formatDuration(mostMs)];
  const time = least === most ? most : `${least} to ${most}`;
  const beside = unknown === 0 ? '' : `, and ${countOf(unknown, 'stage')} without history`;
  return `; about ${time}${beside}`;
}

const DECISIONS = ['run', 'undecided', 'reuse', 'skip'] as const satisfies readonly Decision[];
const MARKS = { run: 'running', undecided: 'undecided', reuse: 'kept', skip: 'skipped' } as const;
const WORDS = { run: 'to run', undecided: 'undecided', reuse: 'reused', skip: 'skipped' } as const;

function stagesOf({ pipeline, decisions }: Plan, wanted: Decision): string[] {
  return pipeline.graph.ids.filter((_, index) => decisions[index] === wanted);
}

/** A line per stage, or per reason when there are many stages. */
function reasonLines(plan: Plan, stages: readonly string[], paint: Paint): string[] {
  const reasonOf = (id: string): string =>
    explanationOf(plan, plan.pipeline.graph.indexById.get(id) ?? -1);
  if (stages.length <= MOST_STAGES) {
    const width = stages.reduce((widest, id) => Math.max(widest, widthOf(id)), 0);
    return stages.map((id) => `  ${padTo(id, width)}  ${paint('dim', reasonOf(id))}`);
  }
  const counts = new Map<string, number>();
  for (const id of stages) counts.set(reasonOf(id), (counts.get(reasonOf(id)) ?? 0) + 1);
  const reasons = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_STAGES);
  return reasons.map(([reason, count]) => `  ${countOf(count, 'stage')}  ${paint('dim', reason)}`);
}
