/**
 * Numbers that look random and are the same for the same seed on every machine (mulberry32: 32 bits of
 * state, for shapes and tests, not for secrets or statistics).
 */
export class SeededRandom {
  #state: number;

  /** @param seed any integer; its low 32 bits count */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** At least 0, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to, not including, `below`. */
  integer(below: number): number {
    return Math.floor(this.next() * below);
  }

  /** A copy in another order, each order equally likely. O(length). */
  shuffled<Item>(items: Iterable<Item>): Item[] {
    const copy = [...items];
    for (let last = copy.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const item = copy[last] as Item;
      copy[last] = copy[other] as Item;
      copy[other] = item;
    }
    return copy;
  }
}
