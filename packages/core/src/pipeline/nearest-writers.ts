import { Ancestry, type CompactGraph, needsDirectly } from '../graph/index.ts';

/** Up to so many readers and writers of a key, single walks are cheaper than a sweep. */
const FEW = 4;
/** Where more of the nodes in reach are met than one in so many, looking at each is cheaper than sorting. */
const DENSE = 8;

/**
 * Finds for each reader of a key the writer that is its nearest ancestor. Writers of a key come in
 * topological order, each an ancestor of the next, so the last of them that precedes a reader is nearest.
 * Its arrays are reused: for one key it costs the nodes between its writers and its farthest reader.
 */
export class NearestWriters {
  readonly #graph: CompactGraph;
  readonly #ancestry: Ancestry;
  readonly #seenBy: Int32Array;
  /** Place among the writers of the one that reaches a node, or -1. */
  readonly #reachedBy: Int32Array;
  #sweep = 0;

  constructor(graph: CompactGraph, ancestry = new Ancestry(graph)) {
    this.#graph = graph;
    this.#ancestry = ancestry;
    this.#seenBy = new Int32Array(graph.count);
    this.#reachedBy = new Int32Array(graph.count);
  }

  /** The nearest writer of each reader; a reader without one is left out. */
  find(writers: readonly number[], readers: readonly number[]): Map<number, number> {
    const found = new Map<number, number>();
    if (writers.length === 0) return found;
    const far: number[] = [];
    for (const reader of readers) {
      const last = writers[this.#lastBefore(writers, reader)];
      if (last === undefined) continue;
      if (needsDirectly(this.#graph, reader, last)) found.set(reader, last);
      else far.push(reader);
    }
    if (far.length <= FEW && writers.length <= FEW) {
      for (const reader of far) this.#walk(writers, reader, found);
    } else if (far.length > 0) {
      this.#sweepDown(writers, far, found);
    }
    return found;
  }

  #walk(writers: readonly number[], reader: number, found: Map<number, number>): void {
    for (let place = this.#lastBefore(writers, reader); place >= 0; place--) {
      const writer = writers[place] as number;
      if (!this.#ancestry.isAncestor(writer, reader)) continue;
      found.set(reader, writer);
      return;
    }
  }

  #sweepDown(
    writers: readonly number[],
    readers: readonly number[],
    found: Map<number, number>,
  ): void {
    const { rank, dependencies, dependencyOffsets } = this.#graph;
    const placeOf = new Map(writers.map((writer, place) => [writer, place]));
    const lastRank = readers.reduce((last, reader) => Math.max(last, rank[reader] as number), 0);
    for (const node of this.#below(writers, lastRank)) {
      let nearest = -1;
      const end = dependencyOffsets[node + 1] as number;
      for (let edge = dependencyOffsets[node] as number; edge < end; edge++) {
        const dependency = dependencies[edge] as number;
        if (this.#seenBy[dependency] !== this.#sweep) continue;
        const place = placeOf.get(dependency) ?? (this.#reachedBy[dependency] as number);
        if (place > nearest) nearest = place;
      }
      this.#reachedBy[node] = nearest;
    }
    for (const reader of readers) {
      if (this.#seenBy[reader] !== this.#sweep) continue;
      const writer = writers[this.#reachedBy[reader] as number];
      if (writer !== undefined) found.set(reader, writer);
    }
  }

  /** The writers and all below them up to a rank, dependencies first. */
  #below(writers: readonly number[], lastRank: number): readonly number[] {
    const { rank, order, dependants, dependantOffsets } = this.#graph;
    const sweep = ++this.#sweep;
    const nodes = [...writers];
    for (const writer of writers) this.#seenBy[writer] = sweep;
    for (let at = 0; at < nodes.length; at++) {
      const node = nodes[at] as number;
      const end = dependantOffsets[node + 1] as number;
      for (let edge = dependantOffsets[node] as number; edge < end; edge++) {
        const dependant = dependants[edge] as number;
        if (this.#seenBy[dependant] === sweep || (rank[dependant] as number) > lastRank) continue;
        this.#seenBy[dependant] = sweep;
        nodes.push(dependant);
      }
    }
    const firstRank = rank[writers[0] as number] as number;
    if (nodes.length * DENSE < lastRank - firstRank) {
      return nodes.sort((a, b) => (rank[a] as number) - (rank[b] as number));
    }
    const reach = Array.from(order.subarray(firstRank, Math.max(lastRank, firstRank) + 1));
    return reach.filter((node) => this.#seenBy[node] === sweep);
  }

  /** Place of the last writer that ranks before the reader, or -1. */
  #lastBefore(writers: readonly number[], reader: number): number {
    const { rank } = this.#graph;
    const limit = rank[reader] as number;
    let low = 0;
    let high = writers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((rank[writers[middle] as number] as number) < limit) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
