/** Those who wait until there is room for what they bring. */
export class WaitingRoom {
  readonly #isFull: () => boolean;
  #waiters: (() => void)[] = [];
  /** Nobody is to wait any more. */
  #isOpen = false;

  constructor(isFull: () => boolean) {
    this.#isFull = isFull;
  }

  /** Resolves when it is worth another look; undefined while there is room. */
  wait(): Promise<void> | undefined {
    if (this.#isOpen || !this.#isFull()) return undefined;
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** There may be room again. */
  look(): void {
    if (this.#waiters.length > 0 && !this.#isFull()) this.#wake();
  }

  /** Lets all in, whatever room there is. */
  open(): void {
    this.#isOpen = true;
    this.#wake();
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}
