import type { Logger } from '@millrace/core';
import type { LogFault } from './log-faults.ts';

/** What became of the lines. A log that is incomplete is no reason for a run to fail: it is data. */
export interface LoggingReport {
  /** Lines that a file or the console did not get. 0 when all is well. */
  readonly lost: number;
  /** What went wrong on the way, also where no line was lost in the end. */
  readonly faults: readonly LogFault[];
}

export interface Logging {
  /** For the executor and for stages. None of its methods throws. */
  readonly logger: Logger;
  /**
   * The file of a run, there or not. Never outside `dir`, whatever the id.
   * @throws MillraceError LOG_DIR_MISSING
   */
  fileFor(runId: string): string;
  /** Resolves once the lines of a run are on the disk. A later line opens its file again. Never rejects. */
  endRun(runId: string): Promise<void>;
  /** Resolves once all lines are on the disk. Later lines are discarded. Never rejects. */
  close(): Promise<LoggingReport>;
}
