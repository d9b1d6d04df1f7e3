import { at } from './adjacency.ts';
import type { CompactGraph } from './compact-graph.ts';

const LAST_QUERY = 2 ** 31 - 1;

/**
 * Answers whether one node comes before another along dependencies. Its arrays are reused, so a query
 * allocates nothing; making one costs O(nodes).
 */
export class Ancestry {
  readonly #graph: CompactGraph;
  readonly #seenBy: Int32Array;
  readonly #stack: Int32Array;
  #query = 0;

  constructor(graph: CompactGraph) {
    this.#graph = graph;
    this.#seenBy = new Int32Array(graph.count);
    this.#stack = new Int32Array(graph.count);
  }

  /**
   * Whether `node` needs `ancestor`, directly or not; false for a node and itself. Walks from `node`
   * only through nodes whose rank is between the two: at most the edges into those.
   */
  isAncestor(ancestor: number, node: number): boolean {
    const { dependencyOffsets, dependencies, rank } = this.#graph;
    const leastRank = at(rank, ancestor);
    if (at(rank, node) <= leastRank) return false;
    const query = this.#nextQuery();
    this.#stack[0] = node;
    let size = 1;
    while (size > 0) {
      const current = at(this.#stack, --size);
      const end = at(dependencyOffsets, current + 1);
      for (let arc = at(dependencyOffsets, current); arc < end; arc++) {
        const dependency = at(dependencies, arc);
        if (dependency === ancestor) return true;
        if (this.#seenBy[dependency] === query) continue;
        this.#seenBy[dependency] = query;
        if (at(rank, dependency) > leastRank) this.#stack[size++] = dependency;
      }
    }
    return false;
  }

  /** Whether one of the two must finish before the other starts. Costs one {@link isAncestor}. */
  areOrdered(one: number, other: number): boolean {
    const { rank } = this.#graph;
    return at(rank, one) < at(rank, other)
      ? this.isAncestor(one, other)
      : this.isAncestor(other, one);
  }

  #nextQuery(): number {
    if (this.#query === LAST_QUERY) {
      this.#seenBy.fill(0);
      this.#query = 0;
    }
    return ++this.#query;
  }
}
