import { createTextRedactor } from '@millrace/core';
import type { Terminal } from './terminal.ts';

/** Takes what the terminal hides, and passwords in URLs, out of all that is printed from now on. */
export function redactOutput(terminal: Terminal): void {
  terminal.redactWith(createTextRedactor(terminal.hidden).text);
}
