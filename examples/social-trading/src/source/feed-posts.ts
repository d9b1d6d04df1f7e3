import { setTimeout } from 'node:timers/promises';
import type { MessageSink, MessageSource } from '@millrace/stream';
import { messageOf } from '../base/social-error.ts';

export interface FeedOptions {
  readonly from: MessageSource;
  readonly to: MessageSink;
  readonly signal: AbortSignal;
  /** Told of each failure; the post is sent again until it is there. */
  readonly warn: (message: string) => void;
}

const AGAIN_AFTER_MS = 200;

/** Hands posts of a source to a sink, in order, each until it is confirmed. */
export class PostFeed {
  readonly #options: FeedOptions;
  #given = 0;
  #last: string | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** How many the receiver was given; it may not have confirmed the last one yet. */
  get given(): number {
    return this.#given;
  }

  /** Id of the newest one that was given. */
  get last(): string | undefined {
    return this.#last;
  }

  /** Resolves when the source has no more, or the signal is aborted. */
  async run(): Promise<void> {
    const { from, signal } = this.#options;
    for await (const { id, value } of from.read(signal)) {
      await this.#send(id, value);
      if (signal.aborted) return;
      await from.acknowledge?.([id]);
    }
  }

  async #send(id: string, value: unknown): Promise<void> {
    const { to, signal, warn } = this.#options;
    this.#given += 1;
    this.#last = id;
    while (!signal.aborted) {
      try {
        await to.send([{ id, value }]);
        return;
      } catch (error) {
        warn(`${to.name} does not take post ${id}, it is sent again: ${messageOf(error)}`);
        await setTimeout(AGAIN_AFTER_MS, undefined, { signal }).catch(() => {});
      }
    }
  }
}
