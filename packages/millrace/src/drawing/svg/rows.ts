import { type CompactGraph, dependantsOf, dependenciesOf } from '@millrace/core';

/**
 * The row of each stage: below all that it needs, and no further from its neighbours than it must be.
 * A stage that more stages need than it needs itself stands right above the first of them, so that a
 * late input is drawn where it is used; the others stand right below what they need. O(stages + arcs).
 */
export function rowsOf(graph: CompactGraph): Int32Array {
  const rows = new Int32Array(graph.count);
  const lowest = (node: number): number =>
    dependenciesOf(graph, node).reduce((row, need) => Math.max(row, rowOf(rows, need) + 1), 0);
  for (const node of graph.order) rows[node] = lowest(node);
  for (const node of graph.order.toReversed()) {
    const dependants = dependantsOf(graph, node);
    if (dependants.length === 0 || dependants.length < dependenciesOf(graph, node).length) continue;
    rows[node] = dependants.reduce(
      (row, dependant) => Math.min(row, rowOf(rows, dependant) - 1),
      Number.POSITIVE_INFINITY,
    );
  }
  for (const node of graph.order) {
    const needed = dependenciesOf(graph, node).length;
    if (needed > 0 && needed >= dependantsOf(graph, node).length) rows[node] = lowest(node);
  }
  return rows;
}

function rowOf(rows: Int32Array, node: number): number {
  return rows[node] ?? 0;
}
