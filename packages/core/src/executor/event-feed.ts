import type { Logger } from '../base/logger.ts';
import type { RunEvent } from '../events/index.ts';

type Listener = (event: RunEvent) => void;

/** Hands events to listeners in order. One that throws is logged once and keeps nobody else waiting. */
export class EventFeed {
  readonly #logger: Logger;
  readonly #listeners = new Set<Listener>();
  readonly #ends = new Set<() => void>();
  #complained = false;
  #ended = false;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  subscribe(listener: Listener): void {
    this.#listeners.add(listener);
  }

  readonly announce = (event: RunEvent): void => {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        if (!this.#complained) {
          this.#logger.error('an event listener threw; its later errors are not reported', {
            error,
            event: event.type,
          });
        }
        this.#complained = true;
      }
    }
  };

  /** No event follows. */
  end(): void {
    this.#ended = true;
    for (const end of this.#ends) end();
  }

  /** Events from now on; what a slow reader has not taken yet is kept for it. */
  async *iterate(): AsyncIterableIterator<RunEvent> {
    const waiting: RunEvent[] = [];
    let wake: (() => void) | undefined;
    const listener = (event: RunEvent): void => {
      waiting.push(event);
      wake?.();
    };
    const end = (): void => wake?.();
    this.#listeners.add(listener);
    this.#ends.add(end);
    try {
      for (;;) {
        yield* waiting.splice(0);
        if (waiting.length > 0) continue;
        if (this.#ended) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      this.#listeners.delete(listener);
      this.#ends.delete(end);
    }
  }
}
