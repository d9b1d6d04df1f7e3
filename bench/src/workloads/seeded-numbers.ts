/**
 * Random numbers that are equal on every machine: Marsaglia's xorshift with 32 bits. The bench has its own, so that
 * the process of a floor or of a peer loads nothing of Millrace.
 */
export class SeededNumbers {
  #state: number;

  /** @param seed any whole number but 0 */
  constructor(seed: number) {
    this.#state = seed >>> 0 || 1;
  }

  /** From 0 up to, not including, `limit`. */
  below(limit: number): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }
}
