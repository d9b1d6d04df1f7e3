import type { Decision, Plan } from '@millrace/core';
import { padTo, widthOf } from '../terminal/printable.ts';
import { markOf } from '../terminal/status-style.ts';
import type { Paint, Terminal } from '../terminal/terminal.ts';
import { countOf, listOf } from './words.ts';

const MOST_STAGES = 20;

export interface PlanJson {
  readonly pipeline: string;
  readonly counts: Plan['counts'];
  readonly stages: readonly {
    readonly id: string;
    readonly decision: Decision;
    readonly reason: string;
  }[];
}

export function planJson(plan: Plan): PlanJson {
  const { pipeline, counts, decisions, explanations } = plan;
  const stages = pipeline.graph.ids.map((id, index) => ({
    id,
    decision: decisions[index] ?? 'run',
    reason: explanations[index] ?? '',
  }));
  return { pipeline: pipeline.name, counts, stages };
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
  const kept = stagesOf(plan, 'reuse');
  const lines = kept.length === 0 ? ['kept: none'] : [`kept: ${listOf(kept)} (${kept.length})`];
  for (const decision of ['run', 'skip'] as const) {
    const stages = stagesOf(plan, decision);
    if (stages.length === 0) continue;
    lines.push(`${WORDS[decision]} (${stages.length}):`);
    lines.push(...reasonLines(plan, stages, paint));
  }
  return lines;
}

/** Every stage with its decision and reason. */
function planLines(plan: Plan, paint: Paint): string[] {
  const { pipeline, decisions, explanations, counts } = plan;
  const { ids, order } = pipeline.graph;
  const width = ids.reduce((widest, id) => Math.max(widest, widthOf(id)), 0);
  const lines = Array.from(order, (index) => {
    const decision = decisions[index] ?? 'run';
    const mark = markOf(MARKS[decision], paint);
    return `${mark} ${padTo(ids[index] ?? '', width)}  ${padTo(decision, 5)}  ${paint('dim', explanations[index] ?? '')}`;
  });
  const parts = (['run', 'reuse', 'skip'] as const)
    .filter((decision) => counts[decision] > 0)
    .map((decision) => `${counts[decision]} ${WORDS[decision]}`);
  return [...lines, '', `${countOf(ids.length, 'stage')}: ${parts.join(', ')}`];
}

const MARKS = { run: 'running', reuse: 'kept', skip: 'skipped' } as const;
const WORDS = { run: 'to run', reuse: 'reused', skip: 'skipped' } as const;

function stagesOf({ pipeline, decisions }: Plan, wanted: Decision): string[] {
  return pipeline.graph.ids.filter((_, index) => decisions[index] === wanted);
}

/** A line per stage, or per reason when there are many stages. */
function reasonLines(
  { pipeline, explanations }: Plan,
  stages: readonly string[],
  paint: Paint,
): string[] {
  const reasonOf = (id: string): string =>
    explanations[pipeline.graph.indexById.get(id) ?? -1] ?? '';
  if (stages.length <= MOST_STAGES) {
    const width = stages.reduce((widest, id) => Math.max(widest, widthOf(id)), 0);
    return stages.map((id) => `  ${padTo(id, width)}  ${paint('dim', reasonOf(id))}`);
  }
  const counts = new Map<string, number>();
  for (const id of stages) counts.set(reasonOf(id), (counts.get(reasonOf(id)) ?? 0) + 1);
  const reasons = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_STAGES);
  return reasons.map(([reason, count]) => `  ${countOf(count, 'stage')}  ${paint('dim', reason)}`);
}
