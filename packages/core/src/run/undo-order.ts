import { type CompactGraph, dependantsOf, dependenciesOf } from '../graph/index.ts';

/**
 * Which stages may be undone next: one only after all undoable stages that rest on it, also by way of stages
 * that cannot be undone. Pure and synchronous. O(stages + dependencies) over its life.
 */
export class UndoOrder {
  readonly #graph: CompactGraph;
  readonly #undoable: ReadonlySet<number>;
  /** Dependants that are not settled yet. */
  readonly #unsettled: Int32Array;
  readonly #ready: number[] = [];
  #next = 0;
  #left: number;

  constructor(graph: CompactGraph, undoable: ReadonlySet<number>) {
    this.#graph = graph;
    this.#undoable = undoable;
    this.#left = undoable.size;
    this.#unsettled = new Int32Array(graph.count);
    const last: number[] = [];
    for (let stage = 0; stage < graph.count; stage++) {
      this.#unsettled[stage] = dependantsOf(graph, stage).length;
      if (this.#unsettled[stage] === 0) last.push(stage);
    }
    this.#reach(last);
  }

  /** How many are not settled, those included that are being undone. */
  get left(): number {
    return this.#left;
  }

  /** In the order in which they became ready. */
  takeReady(): number | undefined {
    const stage = this.#ready[this.#next];
    if (stage !== undefined) this.#next++;
    return stage;
  }

  /** It was undone, or could not be: what it rests on may be undone. */
  settle(stage: number): void {
    this.#left--;
    const open: number[] = [];
    this.#free(stage, open);
    this.#reach(open);
  }

  /** Iterative, since graphs are thousands of stages deep. */
  #reach(open: number[]): void {
    for (let stage = open.pop(); stage !== undefined; stage = open.pop()) {
      if (this.#undoable.has(stage)) this.#ready.push(stage);
      else this.#free(stage, open);
    }
  }

  #free(stage: number, open: number[]): void {
    for (const dependency of dependenciesOf(this.#graph, stage)) {
      const left = (this.#unsettled[dependency] as number) - 1;
      this.#unsettled[dependency] = left;
      if (left === 0) open.push(dependency);
    }
  }
}
