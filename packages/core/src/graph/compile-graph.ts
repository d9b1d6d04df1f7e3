import { type Adjacency, keepArcs, transpose } from './adjacency.ts';
import type { CompactGraph } from './compact-graph.ts';
import { type CyclicGroups, findCycles } from './find-cycles.ts';
import type { GraphNode } from './graph-node.ts';
import type { CycleProblem, GraphProblem } from './graph-problem.ts';
import { type ResolvedNeeds, resolveNeeds } from './resolve-needs.ts';
import { topologicalOrder } from './topological-order.ts';

export interface CompiledGraph {
  /**
   * Always acyclic, so that callers can go on checking. With problems it lacks what they name: later
   * duplicates, dependencies that are unknown or the node itself, and within each group of nodes on
   * cycles the needs of what is declared later.
   */
  readonly graph: CompactGraph;
  /** All of them: duplicates first, then the needs in the order of declaration, then cycles. */
  readonly problems: readonly GraphProblem[];
}

/**
 * Turns declared nodes into integer arrays and reports everything that is wrong with them at once.
 * O(nodes + edges) without cycles; with cycles see {@link findCycles}, bounded too.
 */
export function compileGraph(nodes: readonly GraphNode[]): CompiledGraph {
  const resolved = resolveNeeds(nodes);
  const dependants = transpose(resolved.dependencies);
  const order = topologicalOrder(resolved.dependencies, dependants);
  if (order.length === resolved.ids.length) {
    return { graph: assemble(resolved, dependants, order), problems: resolved.problems };
  }
  const cyclic = findCycles(resolved.dependencies, dependants);
  return {
    graph: withoutCycles(resolved, cyclic),
    problems: [...resolved.problems, ...cycleProblems(cyclic, resolved.ids)],
  };
}

function assemble(
  { ids, indexById, dependencies }: ResolvedNeeds,
  dependants: Adjacency,
  order: Int32Array,
): CompactGraph {
  const rank = new Int32Array(order.length);
  order.forEach((node, position) => {
    rank[node] = position;
  });
  return {
    ids,
    indexById,
    count: ids.length,
    dependencyOffsets: dependencies.offsets,
    dependencies: dependencies.targets,
    dependantOffsets: dependants.offsets,
    dependants: dependants.targets,
    order,
    rank,
  };
}

/** Between groups there are no cycles, and within one the order of declaration allows none. */
function withoutCycles(resolved: ResolvedNeeds, { groupOf }: CyclicGroups): CompactGraph {
  const dependencies = keepArcs(
    resolved.dependencies,
    (node, dependency) =>
      groupOf[node] === 0 || groupOf[node] !== groupOf[dependency] || dependency < node,
  );
  const dependants = transpose(dependencies);
  const order = topologicalOrder(dependencies, dependants);
  return assemble({ ...resolved, dependencies }, dependants, order);
}

function cycleProblems({ groups }: CyclicGroups, ids: readonly string[]): CycleProblem[] {
  const name = (node: number): string => ids[node] as string;
  return groups.map(({ members, cycle }) => ({
    kind: 'cycle',
    path: [...cycle, ...cycle.slice(0, 1)].map(name),
    group: Array.from(members, name),
  }));
}
