import type { RunEvent } from '@millrace/core';
import type { Terminal } from '../terminal/terminal.ts';
import type { RunReporter } from './run-reporter.ts';

/** Each event as a JSON line on stdout. */
export class JsonReporter implements RunReporter {
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  begin(): void {}

  event(event: RunEvent): void {
    this.#terminal.printJson(event);
  }

  notice(text: string): void {
    this.#terminal.notice(text);
  }

  end(): void {}
}
