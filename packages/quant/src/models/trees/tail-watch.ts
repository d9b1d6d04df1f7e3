import type { GrownTree } from './grown-tree.ts';
import { meanLogLoss } from './mean-log-loss.ts';

/** Samples kept back, by whose log loss boosting stops. */
export interface Tail {
  readonly bins: readonly Uint8Array[];
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
}

/** Follows the loss of the tail, and tells when it has not become better for `patience` rounds. */
export class TailWatch {
  readonly #tail: Tail;
  readonly #patience: number;
  readonly #scores: Float64Array;
  readonly #losses: number[] = [];
  #best = Number.POSITIVE_INFINITY;
  #bestRounds = 0;

  constructor(tail: Tail, base: number, patience: number) {
    this.#tail = tail;
    this.#patience = patience;
    this.#scores = new Float64Array(tail.labels.length).fill(base);
  }

  /** After each round. */
  get losses(): readonly number[] {
    return this.#losses;
  }

  /** How many trees to keep; all of them without a tail. */
  get bestRounds(): number {
    return this.#tail.labels.length === 0 ? Number.POSITIVE_INFINITY : this.#bestRounds;
  }

  /** @returns whether to go on */
  after(tree: GrownTree): boolean {
    const { bins, labels, weights } = this.#tail;
    if (labels.length === 0) return true;
    for (let row = 0; row < labels.length; row++)
      this.#scores[row] = (this.#scores[row] as number) + tree.valueOf(bins, row);
    const mean = meanLogLoss(this.#scores, labels, weights);
    this.#losses.push(mean);
    if (mean < this.#best) {
      this.#best = mean;
      this.#bestRounds = this.#losses.length;
    }
    return this.#losses.length - this.#bestRounds < this.#patience;
  }
}
