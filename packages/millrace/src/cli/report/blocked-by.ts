import type { CompactGraph, RunResult, StageSummary } from '@millrace/core';

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
    const end = graph.dependantOffsets[node + 1] ?? 0;
    for (let arc = graph.dependantOffsets[node] ?? 0; arc < end; arc++) {
      const dependant = graph.dependants[arc] ?? -1;
      if (reached.has(dependant) || stages[dependant]?.status !== 'skipped') continue;
      reached.add(dependant);
      open.push(dependant);
    }
  }
  return [...reached].sort((a, b) => a - b).map((index) => graph.ids[index] ?? '');
}
