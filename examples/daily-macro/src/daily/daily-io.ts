import type { Environment } from '../rehearsal/switches.ts';

/** Where the program reads from and prints to. */
export interface DailyIo {
  /** A line of the run. */
  readonly out: (line: string) => void;
  /** A line for the person, beside the run. */
  readonly notice: (line: string) => void;
  readonly env: Environment;
}
