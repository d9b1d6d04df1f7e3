import type { RunEvent } from '@millrace/core';
import { eventLine } from '../report/event-line.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { RunOutlook } from './run-outlook.ts';
import type { RunReporter } from './run-reporter.ts';

/** Progress of one stage gets a line no more often; a log is read later. */
const PROGRESS_EVERY_MS = 5000;

/** One line per event, for logs and CI. */
export class LineReporter implements RunReporter {
  readonly #terminal: Terminal;
  readonly #progressAt = new Map<string, number>();
  #idWidth = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  begin({ idWidth }: RunOutlook): void {
    this.#idWidth = idWidth;
    const terminal = this.#terminal;
    terminal.divertStray((text, from) => {
      if (from === 'stdout') terminal.write(text);
      else terminal.writeNotice(text);
    });
  }

  event(event: RunEvent): void {
    // The header and the summary say these.
    if (
      event.type === 'run.started' ||
      event.type === 'run.resumed' ||
      event.type === 'run.finished'
    )
      return;
    if (event.type === 'stage.progress') {
      const notBefore =
        (this.#progressAt.get(event.stage) ?? Number.NEGATIVE_INFINITY) + PROGRESS_EVERY_MS;
      if (event.at < notBefore) return;
      this.#progressAt.set(event.stage, event.at);
    }
    // That slots are taken is the ordinary course of things.
    if (event.type === 'stage.queued' && event.because === 'busy') return;
    const { paint } = this.#terminal;
    this.#terminal.print(eventLine(event, { paint, idWidth: this.#idWidth, withTime: true }));
  }

  notice(text: string): void {
    this.#terminal.notice(text);
  }

  end(): void {
    this.#terminal.divertStray(undefined);
  }
}
