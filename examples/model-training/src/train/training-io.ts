import type { Environment } from '../rehearsal/switches.ts';

/** Where a command reads from and prints to. */
export interface TrainingIo {
  /** A line of the result. */
  readonly out: (line: string) => void;
  /** A line for the person, beside the result. */
  readonly notice: (line: string) => void;
  readonly env: Environment;
}
