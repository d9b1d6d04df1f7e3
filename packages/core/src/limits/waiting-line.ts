/** Something that waits for its turn. */
export interface Waiting {
  /** The lower goes first; no two are alike. */
  readonly order: number;
  /** False once it no longer waits here: it is passed over. */
  readonly isWaiting: boolean;
}

/** Who waits, as a binary heap: the one that came first goes first, also when it comes back from elsewhere. */
export class WaitingLine<Entry extends Waiting> {
  readonly #heap: Entry[] = [];

  /** The first that still waits. */
  first(): Entry | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || first.isWaiting) return first;
      this.removeFirst();
    }
  }

  /** All that still wait, the first one first. O(waiting · log waiting). */
  all(): readonly Entry[] {
    return this.#heap.filter(({ isWaiting }) => isWaiting).sort((a, b) => a.order - b.order);
  }

  add(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as Entry;
      if (above.order < entry.order) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      const left = heap[child];
      const right = heap[child + 1];
      if (left === undefined) break;
      if (right !== undefined && right.order < left.order) child++;
      const below = heap[child] as Entry;
      if (last.order < below.order) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
  }
}
