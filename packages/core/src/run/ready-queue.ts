/** Which of two ready stages goes first. */
export interface ReadyOrder {
  /** Longest remaining path first. */
  readonly priority: Float64Array;
  /** Settles ties: the lower goes first. Declaration order, or shuffled in tests. */
  readonly tieBreak: Int32Array;
}

/** The ready stages as a binary heap: add and take in O(log ready). A pure choice, without time or effects. */
export class ReadyQueue {
  readonly #heap: number[] = [];
  readonly #order: ReadyOrder;

  constructor(order: ReadyOrder) {
    this.#order = order;
  }

  get size(): number {
    return this.#heap.length;
  }

  add(stage: number): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(stage);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as number;
      if (!this.#before(stage, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = stage;
  }

  /** Takes the stage that should start next, or undefined when none is ready. */
  take(): number | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    this.#sink(last);
    return first;
  }

  #sink(stage: number): void {
    const heap = this.#heap;
    const size = heap.length;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && this.#before(heap[child + 1] as number, heap[child] as number))
        child++;
      const below = heap[child] as number;
      if (!this.#before(below, stage)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = stage;
  }

  #before(a: number, b: number): boolean {
    const { priority, tieBreak } = this.#order;
    const difference = (priority[a] as number) - (priority[b] as number);
    return (
      difference > 0 || (difference === 0 && (tieBreak[a] as number) < (tieBreak[b] as number))
    );
  }
}
