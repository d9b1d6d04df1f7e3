import { type Adjacency, at } from './adjacency.ts';
import { type CompactGraph, dependantArcs, dependencyArcs } from './compact-graph.ts';

/**
 * Marks with 1 each node that at least one of `nodes` needs, directly or not. A given node is itself
 * marked only when another of them needs it. O(nodes marked + their edges), and the mask.
 */
export function ancestorsMask(graph: CompactGraph, nodes: Iterable<number>): Uint8Array {
  return reachMask(dependencyArcs(graph), nodes);
}

/** Marks with 1 each node that needs at least one of `nodes`; otherwise as {@link ancestorsMask}. */
export function descendantsMask(graph: CompactGraph, nodes: Iterable<number>): Uint8Array {
  return reachMask(dependantArcs(graph), nodes);
}

function reachMask({ count, offsets, targets }: Adjacency, nodes: Iterable<number>): Uint8Array {
  const mask = new Uint8Array(count);
  const stack = [...nodes];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    for (let arc = at(offsets, node); arc < at(offsets, node + 1); arc++) {
      const target = at(targets, arc);
      if (mask[target] === 1) continue;
      mask[target] = 1;
      stack.push(target);
    }
  }
  return mask;
}
