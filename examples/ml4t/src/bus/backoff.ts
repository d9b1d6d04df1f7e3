export interface BackoffOptions {
  readonly firstMs: number;
  readonly mostMs: number;
}

/** Pauses that double up to a limit, until something works again. */
export class Backoff {
  readonly #options: BackoffOptions;
  #nextMs: number;

  constructor(options: BackoffOptions) {
    this.#options = options;
    this.#nextMs = options.firstMs;
  }

  next(): number {
    const pause = this.#nextMs;
    this.#nextMs = Math.min(this.#options.mostMs, pause * 2);
    return pause;
  }

  reset(): void {
    this.#nextMs = this.#options.firstMs;
  }
}
