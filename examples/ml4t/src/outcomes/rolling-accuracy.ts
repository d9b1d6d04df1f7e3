/** Share of the newest outcomes that were foretold right. O(1) an outcome. */
export class RollingAccuracy {
  readonly #least: number;
  readonly #ring: Uint8Array;
  #count = 0;
  #right = 0;
  #next = 0;

  /**
   * @param window outcomes that are looked at
   * @param least with fewer there is no accuracy
   */
  constructor(window: number, least: number) {
    this.#ring = new Uint8Array(window);
    this.#least = least;
  }

  push(isRight: boolean): void {
    const { length } = this.#ring;
    if (this.#count === length) this.#right -= this.#ring[this.#next] as number;
    else this.#count += 1;
    this.#ring[this.#next] = isRight ? 1 : 0;
    this.#right += isRight ? 1 : 0;
    this.#next = (this.#next + 1) % length;
  }

  /** Outcomes in the window. */
  get count(): number {
    return this.#count;
  }

  /** Undefined with too few outcomes. */
  get value(): number | undefined {
    return this.#count < this.#least ? undefined : this.#right / this.#count;
  }

  clear(): void {
    this.#count = 0;
    this.#right = 0;
    this.#next = 0;
  }
}
