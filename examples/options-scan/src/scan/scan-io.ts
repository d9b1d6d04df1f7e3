import type { Environment } from '../rehearsal/switches.ts';

/** Where the program reads from and prints to. */
export interface ScanIo {
  /** A line of the result. */
  readonly out: (line: string) => void;
  /** A line for the person, beside the result. */
  readonly notice: (line: string) => void;
  /** How far it is, over what was told last; undefined where nobody watches. */
  readonly ticker: ((line: string) => void) | undefined;
  readonly env: Environment;
}
