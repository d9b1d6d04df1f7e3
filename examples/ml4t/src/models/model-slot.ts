import type { LiveModel } from './live-model.ts';

/**
 * The one reference to the model in use. A swap is one assignment: whoever read the reference before goes on with the old
 * model, whoever reads it after has the new one, and nobody has a mixture.
 */
export class ModelSlot {
  #current: LiveModel | undefined;
  #swaps = 0;

  constructor(initial?: LiveModel) {
    this.#current = initial;
  }

  /** Undefined at a cold start, and after a model was refused. */
  get current(): LiveModel | undefined {
    return this.#current;
  }

  /** How often a model took the place of another, or of none. */
  get swaps(): number {
    return this.#swaps;
  }

  swap(next: LiveModel): void {
    this.#current = next;
    this.#swaps += 1;
  }
}
