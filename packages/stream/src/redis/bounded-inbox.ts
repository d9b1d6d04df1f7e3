/** What comes whether one asks for it or not, kept for one reader; beyond its capacity the oldest goes. */
export class BoundedInbox<T> implements AsyncIterable<T> {
  readonly #capacity: number;
  /** The oldest lies at `#first`; what is before it is read already. */
  #items: T[] = [];
  #first = 0;
  #isClosed = false;
  #wake: (() => void) | undefined;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#items.length - this.#first;
  }

  push(item: T): 'kept' | 'dropped-oldest' {
    this.#items.push(item);
    const isFull = this.size > this.#capacity;
    if (isFull) this.#shift();
    this.#wake?.();
    return isFull ? 'dropped-oldest' : 'kept';
  }

  /** Lets the reader end; what is left is not read. */
  close(): void {
    this.#isClosed = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    while (!this.#isClosed) {
      if (this.size > 0) yield this.#shift();
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  #shift(): T {
    const item = this.#items[this.#first++] as T;
    // Moving the rest only once half of it is gone costs the same for each item, however many there are.
    if (this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return item;
  }
}
