import type { LogLevel } from '../log-level.ts';

/** One line as it is written: redacted, bounded plain data. */
export interface LogLine {
  /** ISO 8601, UTC, milliseconds. */
  readonly time: string;
  readonly level: LogLevel;
  readonly message: string;
  readonly runId?: string;
  readonly stage?: string;
  readonly attempt?: number;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** A line and the run whose file it belongs to: the id unredacted, as it names the file. */
export interface AddressedLine {
  readonly line: LogLine;
  readonly runId: string | undefined;
}
