import { at } from './adjacency.ts';
import type { CompactGraph } from './compact-graph.ts';

/**
 * The longest way from each node to the end of the graph, its own weight included: the time still to
 * go at best once it starts. The scheduler starts the ready stage with the longest first.
 * O(nodes + edges).
 * @param weights expected duration of each node in any one unit, not negative; without them each counts 1
 */
export function remainingPath(graph: CompactGraph, weights?: Float64Array): Float64Array {
  const { count, order, dependantOffsets, dependants } = graph;
  const remaining = new Float64Array(count);
  for (let position = count - 1; position >= 0; position--) {
    const node = at(order, position);
    let longest = 0;
    for (let arc = at(dependantOffsets, node); arc < at(dependantOffsets, node + 1); arc++) {
      const after = remaining[at(dependants, arc)] as number;
      if (after > longest) longest = after;
    }
    remaining[node] = longest + (weights === undefined ? 1 : (weights[node] as number));
  }
  return remaining;
}
