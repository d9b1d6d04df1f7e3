import { type Adjacency, at } from './adjacency.ts';

/**
 * The strongly connected groups of two or more nodes: in each, every node reaches every other.
 * Members ascend; groups are sorted by their first member. Tarjan's algorithm without recursion,
 * O(nodes + arcs).
 */
export function strongGroups(arcs: Adjacency): Int32Array[] {
  const search = new GroupSearch(arcs);
  for (let node = 0; node < arcs.count; node++) search.visit(node);
  return search.groups.sort((left, right) => at(left, 0) - at(right, 0));
}

class GroupSearch {
  readonly groups: Int32Array[] = [];
  readonly #arcs: Adjacency;
  /** When each node was first entered, from 1; 0 is not yet. */
  readonly #entered: Int32Array;
  /** The earliest entered node known to be reachable without leaving the open ones. */
  readonly #low: Int32Array;
  readonly #nextArc: Int32Array;
  /** The way from the root to the current node. */
  readonly #path: Int32Array;
  /** Entered nodes whose group is not closed; 1 in #isOpen. */
  readonly #open: Int32Array;
  readonly #isOpen: Uint8Array;
  #clock = 0;
  #pathLength = 0;
  #openCount = 0;

  constructor(arcs: Adjacency) {
    this.#arcs = arcs;
    this.#entered = new Int32Array(arcs.count);
    this.#low = new Int32Array(arcs.count);
    this.#nextArc = arcs.offsets.slice(0, arcs.count);
    this.#path = new Int32Array(arcs.count);
    this.#open = new Int32Array(arcs.count);
    this.#isOpen = new Uint8Array(arcs.count);
  }

  visit(root: number): void {
    if (this.#entered[root] !== 0) return;
    this.#enter(root);
    while (this.#pathLength > 0) {
      const node = at(this.#path, this.#pathLength - 1);
      const arc = at(this.#nextArc, node);
      if (arc === at(this.#arcs.offsets, node + 1)) {
        this.#leave(node);
        continue;
      }
      this.#nextArc[node] = arc + 1;
      const target = at(this.#arcs.targets, arc);
      if (this.#entered[target] === 0) this.#enter(target);
      else if (this.#isOpen[target] === 1) this.#lower(node, at(this.#entered, target));
    }
  }

  #enter(node: number): void {
    this.#clock++;
    this.#entered[node] = this.#clock;
    this.#low[node] = this.#clock;
    this.#path[this.#pathLength++] = node;
    this.#open[this.#openCount++] = node;
    this.#isOpen[node] = 1;
  }

  #leave(node: number): void {
    this.#pathLength--;
    if (this.#pathLength > 0)
      this.#lower(at(this.#path, this.#pathLength - 1), at(this.#low, node));
    if (this.#low[node] !== this.#entered[node]) return;
    const end = this.#openCount;
    let member: number;
    do {
      member = at(this.#open, --this.#openCount);
      this.#isOpen[member] = 0;
    } while (member !== node);
    if (end - this.#openCount > 1) this.groups.push(this.#open.slice(this.#openCount, end).sort());
  }

  #lower(node: number, reached: number): void {
    if (reached < at(this.#low, node)) this.#low[node] = reached;
  }
}
