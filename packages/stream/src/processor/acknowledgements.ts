import type { MessageSource } from '../message/message-source.ts';

/** Tells a source what it need not give again: what came together goes together, one call after the other. */
export class Acknowledgements {
  readonly #source: Pick<MessageSource, 'acknowledge'>;
  readonly #failed: (error: unknown) => void;
  #ids: string[] = [];
  #sending: Promise<void> | undefined;

  constructor(source: Pick<MessageSource, 'acknowledge'>, failed: (error: unknown) => void) {
    this.#source = source;
    this.#failed = failed;
  }

  add(id: string): void {
    if (this.#source.acknowledge === undefined) return;
    this.#ids.push(id);
    this.#sending ??= this.#send();
  }

  /** Resolves when all was told. */
  async settled(): Promise<void> {
    await this.#sending;
  }

  async #send(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#ids.length > 0) {
      const ids = this.#ids;
      this.#ids = [];
      try {
        await this.#source.acknowledge?.(ids);
      } catch (error) {
        // The messages come again, which the de-duplication or the receiver of the results has to bear anyway.
        this.#failed(error);
      }
    }
    this.#sending = undefined;
  }
}
