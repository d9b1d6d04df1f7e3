/** The newest numbers, as many as fit; a new one takes the place of the oldest. */
export class Ring {
  readonly #values: Float64Array;
  #next = 0;
  #count = 0;

  constructor(capacity: number) {
    this.#values = new Float64Array(capacity);
  }

  get isFull(): boolean {
    return this.#count === this.#values.length;
  }

  get count(): number {
    return this.#count;
  }

  /** The number that has to go when the next one comes; 0 while there is room. */
  get oldest(): number {
    return this.isFull ? (this.#values[this.#next] as number) : 0;
  }

  push(value: number): void {
    this.#values[this.#next] = value;
    this.#next = this.#next + 1 === this.#values.length ? 0 : this.#next + 1;
    if (!this.isFull) this.#count += 1;
  }

  /** How many of the values are below, and how many are equal. O(capacity). */
  rankOf(value: number): { readonly below: number; readonly equal: number } {
    let below = 0;
    let equal = 0;
    for (let at = 0; at < this.#count; at++) {
      const other = this.#values[at] as number;
      if (other < value) below += 1;
      else if (other === value) equal += 1;
    }
    return { below, equal };
  }
}
