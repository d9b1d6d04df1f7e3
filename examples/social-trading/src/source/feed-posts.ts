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
  #fed = 0;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** Confirmed by the receiver. */
  get fed(): number {
    return this.#fed;
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
    while (!signal.aborted) {
      try {
        await to.send([{ id, value }]);
        this.#fed += 1;
        return;
      } catch (error) {
        warn(`${to.name} does not take post ${id}, it is sent again: ${messageOf(error)}`);
        await setTimeout(AGAIN_AFTER_MS, undefined, { signal }).catch(() => {});
      }
    }
  }
}
