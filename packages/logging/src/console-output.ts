import type { Writable } from 'node:stream';
import type { Clock } from '@millrace/core';
import { faultText, type ReportFault } from './log-faults.ts';

/** Lines that a slow reader has not taken yet; beyond it they are dropped, memory matters more. */
const MOST_BEHIND_BYTES = 16 * 1024 * 1024;
/** A reader that has stopped must not keep a process alive. */
const DRAIN_MS = 2_000;

/** Prints lines to a stream that may break at any time, as stderr does when its reader goes away. */
export class ConsoleOutput {
  readonly #stream: Writable;
  readonly #report: ReportFault;
  #isBroken = false;
  #lost = 0;

  constructor(stream: Writable, report: ReportFault) {
    this.#stream = stream;
    this.#report = report;
    stream.on('error', this.#onError);
  }

  get lost(): number {
    return this.#lost;
  }

  write(line: string): void {
    if (this.#isBroken || !this.#stream.writable) return this.#drop('it is closed');
    if (this.#stream.writableLength > MOST_BEHIND_BYTES) return this.#drop('it is too far behind');
    try {
      this.#stream.write(line);
    } catch (error) {
      this.#onError(error);
      this.#lost += 1;
    }
  }

  /** Resolves once the stream has taken everything, or does not within two seconds. */
  async close(clock: Clock): Promise<void> {
    if (!this.#isBroken && this.#stream.writableLength > 0) await this.#drained(clock);
    this.#stream.off('error', this.#onError);
  }

  #drained(clock: Clock): Promise<void> {
    return new Promise((resolve) => {
      const stop = clock.setTimer(DRAIN_MS, () => {
        this.#report('LOG_CONSOLE_BROKEN', 'the console did not take the last log lines in time');
        resolve();
      });
      this.#stream.write('', () => {
        stop();
        resolve();
      });
    });
  }

  #drop(reason: string): void {
    if (this.#lost === 0 && !this.#isBroken) {
      this.#report('LOG_CONSOLE_BROKEN', `the console takes no log lines: ${reason}`);
    }
    this.#lost += 1;
  }

  readonly #onError = (error: unknown): void => {
    if (this.#isBroken) return;
    this.#isBroken = true;
    this.#report('LOG_CONSOLE_BROKEN', `the console takes no log lines: ${faultText(error)}`);
  };
}
