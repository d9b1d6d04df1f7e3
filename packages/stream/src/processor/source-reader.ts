import type { Clock } from '@millrace/core';
import { EventLoopTurn } from '../base/event-loop-turn.ts';
import { pause } from '../base/pause.ts';
import type { IncomingMessage } from '../message/incoming-message.ts';
import type { MessageSource } from '../message/message-source.ts';

interface SourceReaderParts<T> {
  readonly source: MessageSource<T>;
  readonly clock: Clock;
  readonly restart: {
    readonly attempts: number;
    readonly delay: number;
    readonly maxDelay: number;
  };
  /** @returns whether it is one that did not come before */
  readonly accept: (message: IncomingMessage<T>) => boolean;
  /** Resolves once there is room for a message; undefined while there is. */
  readonly room: () => Promise<void> | undefined;
  readonly failed: (error: unknown, attempt: number, delayMs: number | undefined) => void;
  readonly recovered: () => void;
}

/** Why a reading is over: the source has no more, it was told to stop, or it failed too often. */
export type ReadingEnd = 'ended' | 'stopped' | 'failed';

/** Takes messages from a source as fast as there is room for them, and begins anew when the source fails. */
export class SourceReader<T> {
  readonly #parts: SourceReaderParts<T>;
  readonly #abort = new AbortController();
  readonly #turn = new EventLoopTurn();
  /** Since the last message that was new: a source that begins anew may fail at one place for ever. */
  #failures = 0;
  #isDown = false;

  constructor(parts: SourceReaderParts<T>) {
    this.#parts = parts;
  }

  /** Never rejects. */
  async read(): Promise<ReadingEnd> {
    const { restart, failed, clock } = this.#parts;
    while (!this.#abort.signal.aborted) {
      try {
        await this.#readOnce();
        return this.#abort.signal.aborted ? 'stopped' : 'ended';
      } catch (error) {
        if (this.#abort.signal.aborted) return 'stopped';
        this.#failures++;
        this.#isDown = true;
        const isLast = this.#failures >= restart.attempts;
        const factor = 2 ** Math.min(this.#failures - 1, 60);
        const delayMs = isLast ? undefined : Math.min(restart.maxDelay, restart.delay * factor);
        failed(error, this.#failures, delayMs);
        if (delayMs === undefined) return 'failed';
        await pause(clock, delayMs, this.#abort.signal);
      }
    }
    return 'stopped';
  }

  /** The source gives nothing more; what it hands over all the same is not taken. */
  stop(): void {
    this.#abort.abort();
  }

  async #readOnce(): Promise<void> {
    const { source, accept, room, recovered } = this.#parts;
    const { signal } = this.#abort;
    for await (const message of source.read(signal)) {
      if (signal.aborted) return;
      if (this.#isDown) {
        this.#isDown = false;
        recovered();
      }
      // What was handed over before the stop is accepted after it, too: the source may not remember it.
      for (let full = room(); full !== undefined; full = room()) await full;
      if (accept(message)) this.#failures = 0;
      if (this.#turn.isOver()) await this.#turn.pass();
    }
  }
}
