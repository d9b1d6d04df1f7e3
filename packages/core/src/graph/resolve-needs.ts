import { type Adjacency, at } from './adjacency.ts';
import type { GraphNode } from './graph-node.ts';
import type { GraphProblem } from './graph-problem.ts';
import { NearestIds } from './nearest-ids.ts';

/** Declarations with names turned into indices. Sound but for cycles. */
export interface ResolvedNeeds {
  readonly ids: readonly string[];
  readonly indexById: ReadonlyMap<string, number>;
  readonly dependencies: Adjacency;
  /** In the order of declaration, duplicates first. */
  readonly problems: readonly GraphProblem[];
}

/** Needs that name no other node, or one for the second time, are left out and told. O(nodes + edges). */
export function resolveNeeds(nodes: readonly GraphNode[]): ResolvedNeeds {
  const problems: GraphProblem[] = [];
  const declared = indexIds(nodes, problems);
  const resolver = new NeedsResolver(nodes, declared, problems);
  for (let nodeIndex = 0; nodeIndex < nodes.length; nodeIndex++) resolver.resolve(nodeIndex);
  return {
    ids: declared.ids,
    indexById: declared.indexById,
    dependencies: resolver.dependencies(),
    problems,
  };
}

interface DeclaredIds {
  readonly ids: string[];
  readonly indexById: Map<string, number>;
  /** Of each declaration, duplicates included; spares a look-up, which is what costs most here. */
  readonly indexOfDeclaration: Int32Array;
}

function indexIds(nodes: readonly GraphNode[], problems: GraphProblem[]): DeclaredIds {
  const ids: string[] = [];
  const indexById = new Map<string, number>();
  const indexOfDeclaration = new Int32Array(nodes.length);
  const firstIndexes: number[] = [];
  for (let index = 0; index < nodes.length; index++) {
    const { id } = nodes[index] as GraphNode;
    const known = indexById.get(id);
    indexOfDeclaration[index] = known ?? ids.length;
    if (known === undefined) {
      indexById.set(id, ids.length);
      ids.push(id);
      firstIndexes.push(index);
    } else {
      problems.push({ kind: 'duplicate', id, firstIndex: firstIndexes[known] as number, index });
    }
  }
  return { ids, indexById, indexOfDeclaration };
}

class NeedsResolver {
  readonly #nodes: readonly GraphNode[];
  readonly #declared: DeclaredIds;
  readonly #problems: GraphProblem[];
  readonly #nearest: NearestIds;
  readonly #offsets: Int32Array;
  readonly #targets: Int32Array;
  /** Which declaration (index + 1) last needed each node, and as which of its needs. */
  readonly #neededBy: Int32Array;
  readonly #neededAt: Int32Array;
  #rows = 0;
  #total = 0;

  constructor(nodes: readonly GraphNode[], declared: DeclaredIds, problems: GraphProblem[]) {
    const { ids } = declared;
    this.#nodes = nodes;
    this.#declared = declared;
    this.#problems = problems;
    this.#nearest = new NearestIds(ids);
    this.#offsets = new Int32Array(ids.length + 1);
    this.#targets = new Int32Array(nodes.reduce((total, { needs }) => total + needs.length, 0));
    this.#neededBy = new Int32Array(ids.length);
    this.#neededAt = new Int32Array(ids.length);
  }

  /** Called once for each declaration, in order. The needs of a duplicate are checked but not kept. */
  resolve(nodeIndex: number): void {
    const { needs } = this.#nodes[nodeIndex] as GraphNode;
    const { indexById, indexOfDeclaration } = this.#declared;
    const self = at(indexOfDeclaration, nodeIndex);
    const isFirst = self === this.#rows;
    for (let needIndex = 0; needIndex < needs.length; needIndex++) {
      const found = indexById.get(needs[needIndex] as string);
      if (found !== undefined && found !== self && this.#neededBy[found] !== nodeIndex + 1) {
        this.#neededBy[found] = nodeIndex + 1;
        this.#neededAt[found] = needIndex;
        if (isFirst) this.#targets[this.#total++] = found;
      } else {
        this.#problems.push(this.#problemOf(nodeIndex, needIndex, found));
      }
    }
    if (isFirst) this.#offsets[++this.#rows] = this.#total;
  }

  dependencies(): Adjacency {
    const targets =
      this.#total === this.#targets.length ? this.#targets : this.#targets.slice(0, this.#total);
    return { count: this.#rows, offsets: this.#offsets, targets };
  }

  #problemOf(nodeIndex: number, needIndex: number, found: number | undefined): GraphProblem {
    const { id, needs } = this.#nodes[nodeIndex] as GraphNode;
    const dependency = needs[needIndex] as string;
    if (found === undefined) {
      const nearest = this.#nearest.nearest(dependency, id);
      return { kind: 'unknown-dependency', id, nodeIndex, dependency, needIndex, nearest };
    }
    if (dependency === id) return { kind: 'self-dependency', id, nodeIndex, needIndex };
    const firstNeedIndex = at(this.#neededAt, found);
    return { kind: 'repeated-dependency', id, nodeIndex, dependency, firstNeedIndex, needIndex };
  }
}
