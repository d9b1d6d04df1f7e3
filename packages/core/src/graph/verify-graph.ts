import { invariant } from '../base/invariant.ts';
import { type Adjacency, at } from './adjacency.ts';
import { type CompactGraph, dependantArcs, dependencyArcs } from './compact-graph.ts';

/**
 * Checks everything a {@link CompactGraph} promises; for tests and for graphs from elsewhere.
 * O(nodes + edges).
 * @throws MillraceError INVARIANT_BROKEN with the first promise that does not hold
 */
export function verifyGraph(graph: CompactGraph): void {
  verifyIds(graph);
  verifyRows(dependencyArcs(graph), 'dependency');
  verifyRows(dependantArcs(graph), 'dependant');
  verifyOrder(graph);
  verifyMirror(graph);
}

function verifyIds({ ids, indexById, count }: CompactGraph): void {
  invariant(ids.length === count, `graph has ${ids.length} ids for ${count} nodes`);
  invariant(indexById.size === count, `graph indexes ${indexById.size} of ${count} ids`);
  ids.forEach((id, node) => {
    invariant(indexById.get(id) === node, `graph does not find node ${JSON.stringify(id)}`);
  });
}

function verifyRows({ count, offsets, targets }: Adjacency, name: string): void {
  invariant(offsets.length === count + 1, `${name} offsets have ${offsets.length} entries`);
  invariant(offsets[0] === 0 && offsets[count] === targets.length, `${name} offsets miss an end`);
  for (let node = 0; node < count; node++) {
    invariant(at(offsets, node) <= at(offsets, node + 1), `${name} row ${node} ends early`);
  }
  for (const target of targets) {
    invariant(target >= 0 && target < count, `${name} ${target} is not a node`);
  }
}

function verifyOrder(graph: CompactGraph): void {
  const { count, order, rank } = graph;
  invariant(order.length === count && rank.length === count, 'order or rank misses nodes');
  for (let position = 0; position < count; position++) {
    invariant(rank[at(order, position)] === position, `rank and order differ at ${position}`);
  }
  for (let node = 0; node < count; node++) {
    for (const dependency of rowOf(dependencyArcs(graph), node)) {
      invariant(at(rank, dependency) < at(rank, node), `node ${node} comes before a dependency`);
    }
  }
}

/** Walking nodes in turn gives each dependant row in ascending order, so one pass compares all. */
function verifyMirror(graph: CompactGraph): void {
  const dependants = dependantArcs(graph);
  const next = dependants.offsets.slice(0, graph.count);
  for (let node = 0; node < graph.count; node++) {
    for (const dependency of rowOf(dependencyArcs(graph), node)) {
      const slot = at(next, dependency);
      const inRow = slot < at(dependants.offsets, dependency + 1);
      invariant(inRow && dependants.targets[slot] === node, `edge to ${node} has no mirror`);
      next[dependency] = slot + 1;
    }
  }
  invariant(
    graph.dependencies.length === graph.dependants.length,
    'an edge is only in one direction',
  );
}

function rowOf({ offsets, targets }: Adjacency, node: number): Int32Array {
  return targets.subarray(at(offsets, node), at(offsets, node + 1));
}
