import { ExactSum } from './exact-sum.ts';
import { Ring } from './ring.ts';

/**
 * Mean and sample variance of the newest values. O(1) a value, without drift: the figures are those of a fresh
 * two-pass calculation over the window to about 1e-15 of the largest value that was ever pushed.
 */
export class RollingMoments {
  readonly #window: number;
  readonly #values: Ring;
  readonly #sum = new ExactSum();
  readonly #squares = new ExactSum();

  constructor(window: number) {
    this.#window = window;
    this.#values = new Ring(window);
  }

  /** Whether `window` values have come. */
  get isWarm(): boolean {
    return this.#values.isFull;
  }

  push(value: number): void {
    if (this.#values.isFull) {
      const gone = this.#values.oldest;
      this.#sum.add(-gone);
      this.#squares.addProduct(gone, gone, -1);
    }
    this.#values.push(value);
    this.#sum.add(value);
    this.#squares.addProduct(value, value);
  }

  /** NaN until warm. */
  get mean(): number {
    return this.isWarm ? this.#sum.value / this.#window : Number.NaN;
  }

  /** Sum of the values in the window; NaN until warm. */
  get sum(): number {
    return this.isWarm ? this.#sum.value : Number.NaN;
  }

  /** Of the sample, divided by n - 1; NaN until warm. */
  get deviation(): number {
    if (!this.isWarm || this.#window < 2) return Number.NaN;
    const squares = this.#squares.minusProductOver(this.#sum, this.#window);
    return Math.sqrt(Math.max(0, squares) / (this.#window - 1));
  }
}
