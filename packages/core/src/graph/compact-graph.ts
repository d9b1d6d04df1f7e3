import type { Adjacency } from './adjacency.ts';
import type { GraphNode } from './graph-node.ts';

/**
 * An acyclic graph as integer arrays, for the plan and the executor. A node is its index in `ids`,
 * in the order of declaration. The arrays are shared, not copied: nobody writes to them.
 */
export interface CompactGraph {
  readonly ids: readonly string[];
  readonly indexById: ReadonlyMap<string, number>;
  readonly count: number;
  /** Row v of `dependencies` begins at entry v and ends before entry v + 1; count + 1 entries. */
  readonly dependencyOffsets: Int32Array;
  /** What each node needs, in the author's order. */
  readonly dependencies: Int32Array;
  readonly dependantOffsets: Int32Array;
  /** Who needs each node, in the order of declaration. */
  readonly dependants: Int32Array;
  /** Dependencies before dependants; among the nodes that are ready, the one declared first. */
  readonly order: Int32Array;
  /** The position of each node in `order`. */
  readonly rank: Int32Array;
}

/** What a node needs, in the author's order; a view, not a copy. O(1). */
export function dependenciesOf(graph: CompactGraph, node: number): Int32Array {
  const { dependencies, dependencyOffsets } = graph;
  return dependencies.subarray(dependencyOffsets[node], dependencyOffsets[node + 1]);
}

/** How many nodes a node needs. O(1). */
export function dependencyCount({ dependencyOffsets }: CompactGraph, node: number): number {
  return (dependencyOffsets[node + 1] as number) - (dependencyOffsets[node] as number);
}

/** Whether a node needs another one directly. O(its needs); for any way at all see `Ancestry`. */
export function needsDirectly(
  { dependencies, dependencyOffsets }: CompactGraph,
  node: number,
  dependency: number,
): boolean {
  const end = dependencyOffsets[node + 1] as number;
  for (let at = dependencyOffsets[node] as number; at < end; at++) {
    if (dependencies[at] === dependency) return true;
  }
  return false;
}

/** Calls back with each that needs a node, in the order of declaration; makes nothing, not even a view. */
export function eachDependant(
  { dependants, dependantOffsets }: CompactGraph,
  node: number,
  visit: (dependant: number) => void,
): void {
  const end = dependantOffsets[node + 1] as number;
  for (let at = dependantOffsets[node] as number; at < end; at++) visit(dependants[at] as number);
}

/** Who needs a node, in the order of declaration; a view, not a copy. O(1). */
export function dependantsOf(graph: CompactGraph, node: number): Int32Array {
  const { dependants, dependantOffsets } = graph;
  return dependants.subarray(dependantOffsets[node], dependantOffsets[node + 1]);
}

/** What each node needs, as rows. O(1). */
export function dependencyArcs(graph: CompactGraph): Adjacency {
  return {
    count: graph.count,
    offsets: graph.dependencyOffsets,
    targets: graph.dependencies,
  };
}

/** Who needs each node, as rows. O(1). */
export function dependantArcs(graph: CompactGraph): Adjacency {
  return { count: graph.count, offsets: graph.dependantOffsets, targets: graph.dependants };
}

/** The declarations that compile to this graph. O(nodes + edges). */
export function declaredNodes(graph: CompactGraph): GraphNode[] {
  return graph.ids.map((id, node) => {
    const needs = Array.from(dependenciesOf(graph, node), (need) => graph.ids[need] as string);
    return { id, needs };
  });
}
