import { type Clock, type Logger, toThrownRecord } from '@millrace/core';
import type { StreamEvent, StreamEventBody } from './stream-event.ts';

export type StreamListener = (event: StreamEvent) => void;

/** Tells what happens to those who want to know. */
export class EventFeed {
  readonly #clock: Clock;
  readonly #logger: Logger;
  #listeners: readonly StreamListener[] = [];
  #seq = 0;

  constructor(clock: Clock, logger: Logger) {
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Messages by the thousand are not told to nobody; their numbers are not left out, though. */
  get hasListeners(): boolean {
    return this.#listeners.length > 0;
  }

  /** @returns takes the listener away again */
  on(listener: StreamListener): () => void {
    const added: StreamListener = (event) => listener(event);
    this.#listeners = [...this.#listeners, added];
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== added);
    };
  }

  tell(body: StreamEventBody): void {
    const seq = ++this.#seq;
    if (this.#listeners.length === 0) return;
    const event: StreamEvent = Object.freeze({ ...body, seq, at: this.#clock.now() });
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        const { message } = toThrownRecord(error);
        this.#logger.error(`a listener of the stream threw: ${message}`, { event: body.type });
      }
    }
  }
}
