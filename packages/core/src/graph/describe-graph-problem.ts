import { unreachable } from '../base/invariant.ts';
import type { GraphProblem } from './graph-problem.ts';

/** Ids of a long cycle that a message shows at each end. */
const SHOWN_AT_EACH_END = 6;

/** One sentence that names the ids; where to find them is left to the caller's diagnostic. */
export function describeGraphProblem(problem: GraphProblem): string {
  switch (problem.kind) {
    case 'duplicate':
      return `stage ${quote(problem.id)} is declared twice`;
    case 'unknown-dependency':
      return `stage ${quote(problem.id)} needs ${quote(problem.dependency)}, which is not a stage`;
    case 'self-dependency':
      return `stage ${quote(problem.id)} needs itself`;
    case 'repeated-dependency':
      return `stage ${quote(problem.id)} needs ${quote(problem.dependency)} twice`;
    case 'cycle':
      return `stages need each other in a cycle: ${formatCycle(problem.path)}`;
    default:
      return unreachable(problem, 'unknown kind of graph problem');
  }
}

/** `"a" -> "b" -> "a"`, each needing the next; the middle of a long path is counted, not printed. */
export function formatCycle(path: readonly string[]): string {
  const hidden = path.length - 2 * SHOWN_AT_EACH_END;
  const parts = path.map(quote);
  if (hidden > 1) {
    parts.splice(SHOWN_AT_EACH_END, hidden, `... ${hidden} more ...`);
  }
  return parts.join(' -> ');
}

function quote(id: string): string {
  return JSON.stringify(id);
}
