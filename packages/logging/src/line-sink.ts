import type { Clock } from '@millrace/core';
import { assembleLine } from './line/assemble-line.ts';
import type { BoundFields } from './line/bound-fields.ts';
import type { LogSink } from './line/bound-logger.ts';
import { faultText, type ReportFault } from './log-faults.ts';
import { isLevelShown, type LogLevel } from './log-level.ts';
import type { Redactor } from './redact/redactor.ts';
import type { LineChannel } from './winston.ts';

export interface LineSinkOptions {
  readonly level: LogLevel;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly report: ReportFault;
  readonly channels: readonly LineChannel[];
}

/** A getter that logs its own object would go on for ever. */
const DEEPEST_CALL = 3;

/** Turns what was logged into lines. Whatever goes wrong stays in here: a stage must not fail for its log. */
export class LineSink implements LogSink {
  readonly #options: LineSinkOptions;
  #isClosed = false;
  #depth = 0;

  constructor(options: LineSinkOptions) {
    this.#options = options;
  }

  isShown(level: LogLevel): boolean {
    return !this.#isClosed && isLevelShown(level, this.#options.level);
  }

  write(level: LogLevel, message: unknown, bound: BoundFields, fields: unknown): void {
    if (this.#depth >= DEEPEST_CALL) return;
    this.#depth += 1;
    try {
      const { clock, redactor, channels } = this.#options;
      const parts = { nowMs: clock.now(), level, message, bound, fields };
      const addressed = assembleLine(parts, redactor);
      for (const channel of channels) channel.write(addressed);
    } catch (error) {
      this.#options.report('LOG_LINE_FAILED', `a line could not be logged: ${faultText(error)}`);
    } finally {
      this.#depth -= 1;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#options.channels.map((channel) => channel.close()));
  }
}
