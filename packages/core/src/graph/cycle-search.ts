import { type Adjacency, at } from './adjacency.ts';

/**
 * Finds a smallest cycle in each strongly connected group.
 *
 * For one start after the other it looks for the smallest cycle through the start, breadth first and
 * no deeper than the best so far, then takes the start away together with every node that is on no
 * cycle any more. Finished, this is exact. It costs O(nodes * arcs) at worst, so at most `arcBudget`
 * arcs are followed, over all groups; when they are spent, each further group gets the smallest cycle
 * through its first node, O(its arcs), and the group at hand the best found, which may not be smallest.
 */
export class CycleSearch {
  readonly #out: Adjacency;
  readonly #in: Adjacency;
  /** The group of each node from 1; 0 for nodes in none and for those taken away. */
  readonly #groupOf: Int32Array;
  readonly #outLeft: Int32Array;
  readonly #inLeft: Int32Array;
  readonly #queue: Int32Array;
  readonly #parent: Int32Array;
  /** The search that last reached a node, and the last whose start it leads back to. */
  readonly #seenBy: Int32Array;
  readonly #closes: Int32Array;
  #search = 0;
  #budget: number;

  /** @param groupOf group numbers from 1, 0 for none; it is used up */
  constructor(out: Adjacency, into: Adjacency, groupOf: Int32Array, arcBudget: number) {
    this.#out = out;
    this.#in = into;
    this.#groupOf = groupOf;
    this.#budget = arcBudget;
    this.#outLeft = new Int32Array(out.count);
    this.#inLeft = new Int32Array(out.count);
    this.#queue = new Int32Array(out.count);
    this.#parent = new Int32Array(out.count);
    this.#seenBy = new Int32Array(out.count);
    this.#closes = new Int32Array(out.count);
  }

  /** The nodes of the cycle along the arcs, from the one with the smallest index; not closed. */
  smallestIn(group: Int32Array): number[] {
    for (const node of group) {
      this.#outLeft[node] = this.#degree(this.#out, node);
      this.#inLeft[node] = this.#degree(this.#in, node);
    }
    let best: number[] = [];
    for (const start of group) {
      if (this.#groupOf[start] === 0) continue;
      const found = this.#through(
        start,
        best.length === 0 ? Number.POSITIVE_INFINITY : best.length,
      );
      if (found.length > 0) best = found;
      if (best.length === 2 || this.#budget <= 0) break;
      this.#takeAway(start);
    }
    return best;
  }

  #degree(arcs: Adjacency, node: number): number {
    const group = this.#groupOf[node];
    let degree = 0;
    for (let arc = at(arcs.offsets, node); arc < at(arcs.offsets, node + 1); arc++) {
      if (this.#groupOf[at(arcs.targets, arc)] === group) degree++;
    }
    return degree;
  }

  /** The smallest cycle through `start` with fewer than `limit` nodes, or none. */
  #through(start: number, limit: number): number[] {
    const search = ++this.#search;
    for (let arc = at(this.#in.offsets, start); arc < at(this.#in.offsets, start + 1); arc++) {
      this.#closes[at(this.#in.targets, arc)] = search;
    }
    this.#queue[0] = start;
    this.#seenBy[start] = search;
    let head = 0;
    let tail = 1;
    // The size of a cycle that closes at a node one arc beyond the current level.
    for (let size = 2; head < tail && size < limit; size++) {
      for (const levelEnd = tail; head < levelEnd; head++) {
        const before = tail;
        tail = this.#reachFrom(at(this.#queue, head), tail);
        const last = tail > before ? at(this.#queue, tail - 1) : start;
        if (this.#closes[last] === search) return this.#pathTo(last, start);
      }
    }
    return [];
  }

  /** Queues what `node` leads to and is new, up to the first that leads back to the start. */
  #reachFrom(node: number, firstFree: number): number {
    const group = this.#groupOf[node];
    const end = at(this.#out.offsets, node + 1);
    let tail = firstFree;
    for (let arc = at(this.#out.offsets, node); arc < end; arc++) {
      this.#budget--;
      const target = at(this.#out.targets, arc);
      if (this.#groupOf[target] !== group || this.#seenBy[target] === this.#search) continue;
      this.#seenBy[target] = this.#search;
      this.#parent[target] = node;
      this.#queue[tail++] = target;
      if (this.#closes[target] === this.#search) break;
    }
    return tail;
  }

  #pathTo(last: number, start: number): number[] {
    const path: number[] = [];
    for (let node = last; node !== start; node = at(this.#parent, node)) path.push(node);
    path.push(start);
    return path.reverse();
  }

  /** Each arc is looked at once from either end over all calls, so this needs no budget. */
  #takeAway(start: number): void {
    const group = at(this.#groupOf, start);
    this.#groupOf[start] = 0;
    this.#queue[0] = start;
    let tail = 1;
    for (let head = 0; head < tail; head++) {
      const node = at(this.#queue, head);
      tail = this.#loosen(this.#out, this.#inLeft, node, group, tail);
      tail = this.#loosen(this.#in, this.#outLeft, node, group, tail);
    }
  }

  #loosen(
    arcs: Adjacency,
    left: Int32Array,
    node: number,
    group: number,
    firstFree: number,
  ): number {
    const end = at(arcs.offsets, node + 1);
    let tail = firstFree;
    for (let arc = at(arcs.offsets, node); arc < end; arc++) {
      const other = at(arcs.targets, arc);
      if (this.#groupOf[other] !== group) continue;
      left[other] = at(left, other) - 1;
      if (left[other] !== 0) continue;
      this.#groupOf[other] = 0;
      this.#queue[tail++] = other;
    }
    return tail;
  }
}
