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
        const returned: unknown = listener(event);
        if (returned instanceof Promise) returned.catch((error) => this.#complain(error, event));
      } catch (error) {
        this.#complain(error, event);
      }
    }
  };

  /** No event follows. */
  end(): void {
    this.#ended = true;
    for (const end of this.#ends) end();
  }

  /** Events from now on, not from the first reading on; what a slow reader has not taken is kept for it. */
  iterate(): AsyncIterableIterator<RunEvent> {
    const waiting: RunEvent[] = [];
    let wake: (() => void) | undefined;
    const listener = (event: RunEvent): void => {
      waiting.push(event);
      wake?.();
    };
    const end = (): void => wake?.();
    this.#listeners.add(listener);
    this.#ends.add(end);
    return this.#read(
      waiting,
      () => new Promise<void>((resolve) => (wake = resolve)),
      () => {
        this.#listeners.delete(listener);
        this.#ends.delete(end);
      },
    );
  }

  async *#read(
    waiting: RunEvent[],
    nextTurn: () => Promise<void>,
    leave: () => void,
  ): AsyncIterableIterator<RunEvent> {
    try {
      for (;;) {
        yield* waiting.splice(0);
        if (waiting.length > 0) continue;
        if (this.#ended) return;
        await nextTurn();
      }
    } finally {
      leave();
    }
  }

  #complain(error: unknown, event: RunEvent): void {
    if (this.#complained) return;
    this.#complained = true;
    this.#logger.error('an event listener threw; its later errors are not reported', {
      error,
      event: event.type,
    });
  }
}
