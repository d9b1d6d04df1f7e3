import { type CompactGraph, dependantsOf, type RunResult, type StageSummary } from '@millrace/core';

/** The skipped stages that could not run because `failed` did not end well, in the order of declaration. */
export function skippedBecauseOf(
  failed: StageSummary,
  { stages }: RunResult,
  graph: CompactGraph,
): readonly string[] {
  const start = graph.indexById.get(failed.id);
  if (start === undefined) return [];
  const reached = new Set<number>();
  const open = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const dependant of dependantsOf(graph, node)) {
      if (reached.has(dependant) || stages[dependant]?.status !== 'skipped') continue;
      reached.add(dependant);
      open.push(dependant);
    }
  }
  return [...reached].sort((a, b) => a - b).map((index) => graph.ids[index] ?? '');
}
