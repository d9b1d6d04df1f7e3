import type { ErrorCatalog } from '@millrace/core';

/** Codes that the log reports in {@link LoggingReport} or throws for misuse. */
export const LOGGING_ERRORS = {
  LOG_CONSOLE_BROKEN: {
    title: 'The console does not take log lines any more',
    when: 'The stream that log lines are printed to failed, was closed, or is too far behind.',
    fix: 'Nothing, if its reader went away (as `head` does). The files of the runs have all lines.',
  },
  LOG_DIR_MISSING: {
    title: 'There is no folder for log files',
    when: '`fileFor` was called on a logging that was created without `dir`.',
    fix: 'Give `dir` to `createLogging`.',
  },
  LOG_DIR_UNWRITABLE: {
    title: 'A log file cannot be opened',
    when: 'The folder of the log files cannot be created, or a file in it cannot be opened for writing.',
    fix: 'Check the permissions of the folder, or give another one. Runs go on without their log files.',
  },
  LOG_LEVEL_UNKNOWN: {
    title: 'There is no such log level',
    when: 'A level other than debug, info, warn or error was given.',
    fix: 'Use one of the four; the message suggests the nearest one.',
  },
  LOG_LINE_FAILED: {
    title: 'A line could not be logged',
    when: 'A bug in Millrace or in a clock that it was given; the stage that logged is not disturbed.',
    fix: 'Report it with the message.',
  },
  LOG_TRANSPORT_FAILED: {
    title: 'A winston transport failed',
    when: 'One of the `transports` given to `createLogging` reported an error or did not finish in time.',
    fix: 'Check where it sends its lines to. The files of the runs have all lines.',
  },
  LOG_WRITE_FAILED: {
    title: 'A log file cannot be written',
    when: 'The disk refused log lines: it is full, over its quota or broken. Some are kept in memory and tried again.',
    fix: 'Free some space. Runs go on; a gap in a file is marked by a line that counts what is missing.',
  },
} as const satisfies ErrorCatalog;

export type LoggingErrorCode = keyof typeof LOGGING_ERRORS;
