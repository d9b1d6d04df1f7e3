import type { RunEvent } from '@millrace/core';
import type { RunOutlook } from './run-outlook.ts';

/** Tells the person, or the program, at the terminal how a run goes. */
export interface RunReporter {
  /** Before the first event. */
  begin(outlook: RunOutlook): void;
  event(event: RunEvent): void;
  /** Something to know at once, such as what Ctrl-C did. */
  notice(text: string): void;
  /** After the last event. */
  end(): void;
}
