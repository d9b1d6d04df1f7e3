import type { MessageSink, OutgoingMessage } from '@millrace/stream';
import type { Logger } from 'millrace';
import { messageOf } from '../base/social-error.ts';
import type { PublishedResult, Result, ResultBook } from '../ledger/result-book.ts';

export interface PublishingOptions {
  readonly results: ResultBook;
  /** Who is told. It may be told twice of a message, with the same id. */
  readonly to: MessageSink<PublishedResult>;
  /** What happens while it cannot be told: `wait` fails, so that the stream tries again; `ledger` goes on. */
  readonly whenDown: 'wait' | 'ledger';
  readonly logger: Logger;
}

const BATCH = 500;

/** Keeps results in the ledger and publishes them from there, so that what could not be told is told later. */
export class PublishingSink implements MessageSink<Result> {
  readonly name: string;
  readonly #options: PublishingOptions;
  #isDown = false;

  constructor(options: PublishingOptions) {
    this.#options = options;
    this.name = options.to.name;
  }

  async send(messages: readonly OutgoingMessage<Result>[]): Promise<void> {
    const { results, whenDown, logger } = this.#options;
    results.store(messages.map(({ value }) => value));
    try {
      await this.publish();
      if (this.#isDown) logger.info(`${this.name} is back, and has all results`);
      this.#isDown = false;
    } catch (error) {
      if (whenDown === 'wait') throw error;
      if (!this.#isDown)
        logger.warn(`${this.name} is down, results stay in the ledger: ${messageOf(error)}`);
      this.#isDown = true;
    }
  }

  /** Tells all that was not told yet. @throws what the receiver throws */
  async publish(): Promise<void> {
    const { results, to } = this.#options;
    for (;;) {
      const batch = results.unpublished(BATCH);
      if (batch.length === 0) return;
      await to.send(batch.map((value) => ({ id: value.messageId, value })));
      results.markPublished(batch.map(({ messageId }) => messageId));
    }
  }

  async close(): Promise<void> {
    await this.publish().catch((error: unknown) => {
      const { results, logger } = this.#options;
      const left = results.unpublished(Number.MAX_SAFE_INTEGER).length;
      logger.warn(`${left} results are in the ledger and not in ${this.name}: ${messageOf(error)}`);
    });
    await this.#options.to.close?.();
  }
}
