import { type CompactGraph, dependantsOf, dependenciesOf } from '../graph/index.ts';

/**
 * Stages that ended before all that they need: kept or skipped whatever becomes of that. What they would let
 * go on waits nevertheless, or it would see what stages further up write only if they happened to be quick.
 */
export class EarlyEnds {
  readonly #graph: CompactGraph;
  readonly #isEnded: (stage: number) => boolean;
  /** Of each such stage: how many of its needs are not settled, by themselves or further up. */
  readonly #open = new Map<number, number>();
  /** What each of them lets go on once it is settled. */
  readonly #held = new Map<number, Int32Array>();

  constructor(graph: CompactGraph, isEnded: (stage: number) => boolean) {
    this.#graph = graph;
    this.#isEnded = isEnded;
  }

  /** No such stage is left: nothing is held. */
  get isEmpty(): boolean {
    return this.#open.size === 0;
  }

  /** A stage has ended before it was ready. */
  add(stage: number): void {
    const needs = dependenciesOf(this.#graph, stage);
    const open = needs.reduce((sum, need) => sum + (this.#isSettled(need) ? 0 : 1), 0);
    if (open > 0) this.#open.set(stage, open);
  }

  /** Whether the dependants have to wait; then they come back from `settle`. */
  holds(stage: number, dependants: Int32Array): boolean {
    if (!this.#open.has(stage)) return false;
    this.#held.set(stage, dependants);
    return true;
  }

  /** A stage has ended: the dependants that were held for it, and for what is settled with it. */
  settle(stage: number): readonly number[] {
    if (this.#open.size === 0 || this.#open.has(stage)) return [];
    const free: number[] = [];
    const settled = [stage];
    for (let next = settled.pop(); next !== undefined; next = settled.pop()) {
      for (const other of dependantsOf(this.#graph, next)) {
        const open = this.#open.get(other);
        if (open === undefined) continue;
        this.#open.set(other, open - 1);
        if (open > 1) continue;
        this.#open.delete(other);
        free.push(...(this.#held.get(other) ?? []));
        this.#held.delete(other);
        settled.push(other);
      }
    }
    return free;
  }

  #isSettled(stage: number): boolean {
    return this.#isEnded(stage) && !this.#open.has(stage);
  }
}
