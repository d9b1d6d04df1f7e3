/**
 * What is wrong with a declared graph, as data. `nodeIndex` counts in the declared list,
 * `needIndex` in the `needs` of that node, both from 0.
 */
export type GraphProblem =
  | DuplicateProblem
  | UnknownDependencyProblem
  | SelfDependencyProblem
  | RepeatedDependencyProblem
  | CycleProblem;

/** An id that was declared before. The first declaration counts; the later one adds no edges. */
export interface DuplicateProblem {
  readonly kind: 'duplicate';
  readonly id: string;
  readonly firstIndex: number;
  readonly index: number;
}

export interface UnknownDependencyProblem {
  readonly kind: 'unknown-dependency';
  readonly id: string;
  readonly nodeIndex: number;
  readonly dependency: string;
  readonly needIndex: number;
  /** The declared id that was most likely meant. */
  readonly nearest: string | undefined;
}

export interface SelfDependencyProblem {
  readonly kind: 'self-dependency';
  readonly id: string;
  readonly nodeIndex: number;
  readonly needIndex: number;
}

/** The same dependency twice in one node; harmless, and most often a slip for another name. */
export interface RepeatedDependencyProblem {
  readonly kind: 'repeated-dependency';
  readonly id: string;
  readonly nodeIndex: number;
  readonly dependency: string;
  readonly firstNeedIndex: number;
  readonly needIndex: number;
}

/** One cycle for each group of nodes that all depend on each other. */
export interface CycleProblem {
  readonly kind: 'cycle';
  /** Closed: each id needs the next one, the last is the first again, which was declared earliest. */
  readonly path: readonly string[];
  /** The whole group in the order of declaration; more than the path when cycles are entangled. */
  readonly group: readonly string[];
}
