import type { Foreseen } from '../edits/edit.ts';
import type { PlannedStage } from '../process/edit-report.ts';

/** What the plan says of a stage against what the edit means; undefined when they agree. */
export function wrongVerdict(
  planned: PlannedStage,
  all: readonly PlannedStage[],
  { runs = {}, skips = {} }: Foreseen,
): string | undefined {
  const { stage, decision, explanation, open, awaits } = planned;
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
    case 'undecided': {
      const named = [...open.map(({ from }) => from), ...awaits];
      const isOpen = named.length > 0 && named.every((id) => isMoving(id, all));
      return isOpen ? undefined : 'it names nothing that moves';
    }
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
  const silent = /^"([^"]+)" runs, and writes nothing that could be compared$/.exec(explanation);
  return silent?.[1] !== undefined && isMoving(silent[1], all);
}
