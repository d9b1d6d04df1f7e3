import type { Writable } from 'node:stream';
import type { Clock, SecretSource } from '@millrace/core';
import type { Disk } from './files/disk.ts';
import type { LogLevel } from './log-level.ts';
import type { PlainLimits } from './redact/plain-limits.ts';
import type { WinstonTransport } from './winston.ts';

export interface LoggingOptions {
  /** Quieter lines are dropped. Default `info`. */
  readonly level?: LogLevel | undefined;
  /** Folder of the files, one per run. Made when the first line is logged. Default: no files. */
  readonly dir?: string | undefined;
  /** Where to print lines; true is stderr, since stdout is for results. Default: true without `dir`. */
  readonly console?: boolean | Writable | undefined;
  /** How lines are printed; files are always JSON lines. Default `text`. */
  readonly format?: 'text' | 'json' | undefined;
  /** Secret values of at least four characters; a source may grow. Telling field names need no listing. */
  readonly redact?: SecretSource | undefined;
  /** Bounds of the fields of a line. */
  readonly limits?: Partial<PlainLimits> | undefined;
  /** More places for lines. They get redacted lines, and what they still hold is lost if the process ends before `close()`. */
  readonly transports?: readonly WinstonTransport[] | undefined;
  /** Gets one warning per kind of fault. Default stderr. */
  readonly warnings?: Writable | undefined;
  readonly clock?: Clock | undefined;
  /** For tests of a disk that is full. */
  readonly disk?: Disk | undefined;
}
