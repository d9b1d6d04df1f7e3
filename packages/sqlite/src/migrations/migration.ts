/** One step of the tables' history. A released step is never edited: a correction is a new step. */
export interface Migration {
  /** The `user_version` of a file that has it. Counts from 1 without gaps. */
  readonly version: number;
  readonly sql: string;
}
