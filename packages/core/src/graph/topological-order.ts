import { type Adjacency, at } from './adjacency.ts';
import { IndexHeap } from './index-heap.ts';

/**
 * Dependencies before dependants, and among the ready nodes always the one with the smallest index.
 * Nodes on a cycle, and all that depend on them, are left out: the result is then shorter.
 *
 * O(nodes + edges) where nodes are declared after what they need. Only those declared before it pass
 * through a heap, for O(log nodes) more each; the others are met by a cursor that moves on once.
 */
export function topologicalOrder(dependencies: Adjacency, dependants: Adjacency): Int32Array {
  const { count, offsets } = dependencies;
  const unmet = new Int32Array(count);
  for (let node = 0; node < count; node++) unmet[node] = at(offsets, node + 1) - at(offsets, node);
  const order = new Int32Array(count);
  const behind = new IndexHeap();
  let placed = 0;
  let cursor = 0;
  for (;;) {
    let node = behind.pop();
    if (node === undefined) {
      while (cursor < count && unmet[cursor] !== 0) cursor++;
      if (cursor === count) return order.slice(0, placed);
      node = cursor++;
    }
    order[placed++] = node;
    const end = at(dependants.offsets, node + 1);
    for (let arc = at(dependants.offsets, node); arc < end; arc++) {
      const dependant = at(dependants.targets, arc);
      const left = at(unmet, dependant) - 1;
      unmet[dependant] = left;
      if (left === 0 && dependant < cursor) behind.push(dependant);
    }
  }
}
