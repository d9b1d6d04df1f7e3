import type { Foreseen } from '../edits/edit.ts';
import type { PlannedStage } from '../process/edit-report.ts';

/** What the plan says of a stage against what the edit means; undefined when they agree. */
export function wrongVerdict(
  planned: PlannedStage,
  all: readonly PlannedStage[],
  { runs = {}, skips = {} }: Foreseen,
): string | undefined {
  const { stage, decision, explanation, open } = planned;
  const own = runs[stage] ?? skips[stage];
  if (own !== undefined) {
    const expected = stage in runs ? 'run' : 'skip';
    const isNamed = typeof own === 'string' ? explanation === own : own.test(explanation);
    return decision === expected && isNamed ? undefined : `expected ${expected}: ${own}`;
  }
  switch (decision) {
    case 'reuse':
    case 'skip':
      return undefined;
    case 'undecided':
      return open.length > 0 && open.every(({ from }) => isMoving(from, all))
        ? undefined
        : 'it names nothing that moves';
    case 'run':
      return isCarriedAlong(planned, all) ? undefined : 'nothing made it run';
    default:
      return decision satisfies never;
  }
}

function isMoving(id: string, all: readonly PlannedStage[]): boolean {
  const decision = all.find(({ stage }) => stage === id)?.decision;
  return decision === 'run' || decision === 'undecided';
}

/** Runs for certain without a change of its own. */
function isCarriedAlong({ explanation }: PlannedStage, all: readonly PlannedStage[]): boolean {
  // It needs one that writes nothing, so that nothing tells whether that did the same again.
  const silent = /^"([^"]+)" ran again$/.exec(explanation)?.[1];
  if (silent !== undefined) return isMoving(silent, all);
  // Its condition is asked again, since what that reads is made anew.
  return explanation === 'it was skipped' && all.some(({ decision }) => decision === 'run');
}
