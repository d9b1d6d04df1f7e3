import type { Adjacency } from './adjacency.ts';
import { CycleSearch } from './cycle-search.ts';
import { strongGroups } from './strong-groups.ts';

/** Keeps the search within about a quarter of a second; groups of some thousand nodes are exact. */
const ARC_BUDGET = 20_000_000;

export interface CyclicGroup {
  /** Ascending. */
  readonly members: Int32Array;
  /** A smallest cycle, see {@link CycleSearch} for huge groups. Each node needs the next; not closed. */
  readonly cycle: readonly number[];
}

export interface CyclicGroups {
  readonly groups: readonly CyclicGroup[];
  /** The group of each node from 1 in the order of `groups`; 0 for a node on no cycle. */
  readonly groupOf: Int32Array;
}

/** The groups of nodes that need each other, sorted by first member, with one cycle for each. */
export function findCycles(dependencies: Adjacency, dependants: Adjacency): CyclicGroups {
  const memberLists = strongGroups(dependencies);
  const groupOf = new Int32Array(dependencies.count);
  memberLists.forEach((members, position) => {
    for (const member of members) groupOf[member] = position + 1;
  });
  const search = new CycleSearch(dependencies, dependants, groupOf.slice(), ARC_BUDGET);
  const groups = memberLists.map((members) => ({ members, cycle: search.smallestIn(members) }));
  return { groups, groupOf };
}
