/** Node indices, smallest first. Push and pop are O(log size). */
export class IndexHeap {
  readonly #items: number[] = [];

  get size(): number {
    return this.#items.length;
  }

  push(index: number): void {
    const items = this.#items;
    let slot = items.length;
    items.push(index);
    while (slot > 0) {
      const parent = (slot - 1) >> 1;
      const above = items[parent] as number;
      if (above <= index) break;
      items[slot] = above;
      slot = parent;
    }
    items[slot] = index;
  }

  /** The smallest index, which is taken out; undefined when nothing is left. */
  pop(): number | undefined {
    const items = this.#items;
    const smallest = items[0];
    const last = items.pop();
    if (last !== undefined && items.length > 0) this.#sink(last);
    return smallest;
  }

  #sink(index: number): void {
    const items = this.#items;
    let slot = 0;
    for (;;) {
      let child = 2 * slot + 1;
      if (child >= items.length) break;
      const right = child + 1;
      if (right < items.length && (items[right] as number) < (items[child] as number)) {
        child = right;
      }
      if ((items[child] as number) >= index) break;
      items[slot] = items[child] as number;
      slot = child;
    }
    items[slot] = index;
  }
}
