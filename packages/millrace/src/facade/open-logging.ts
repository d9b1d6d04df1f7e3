import { accessSync, constants, mkdirSync } from 'node:fs';
import { type Logger, MillraceError, type RunEvent } from '@millrace/core';

export interface OpenLoggingOptions {
  /** Folder of the log files, one per run; undefined: no files. */
  readonly dir: string | undefined;
  /** Default `info`. */
  readonly level?: 'debug' | 'info' | 'warn' | 'error';
  /** Never written in clear; grows with the config. */
  readonly secrets?: { readonly values: readonly string[] };
}

/** Log files of runs: what stages and the executor log, and a line per event. */
export interface OpenLogging {
  /** For `new PipelineExecutor({ logger })`. */
  readonly logger: Logger;
  /** For `onEvent`. */
  readonly event: (event: RunEvent) => void;
  /** Where the lines of a run are; undefined without files. */
  fileOf(runId: string): string | undefined;
  /** Resolves once all lines are on the disk; to an error when some are not. Never rejects. */
  close(): Promise<MillraceError | undefined>;
}

/**
 * Opens the log. The log library is loaded only now.
 * @throws MillraceError LOG_DIR_UNWRITABLE when the folder cannot be made or written
 */
export async function openLogging({
  dir,
  level = 'info',
  secrets,
}: OpenLoggingOptions): Promise<OpenLogging> {
  const { createLogging, reportEvents } = await import('@millrace/logging');
  if (dir !== undefined) requireWritable(dir);
  const logging = createLogging({
    level,
    console: false,
    redact: secrets?.values ?? [],
    ...(dir === undefined ? {} : { dir }),
  });
  return {
    logger: logging.logger,
    event: reportEvents(logging.logger),
    fileOf: (runId) => (dir === undefined ? undefined : logging.fileFor(runId)),
    async close() {
      const { lost, faults } = await logging.close();
      const [fault] = faults;
      if (fault === undefined || lost === 0) return undefined;
      return new MillraceError(fault.code, `${lost} log lines were lost: ${fault.message}`, {
        details: { lost, faults },
      });
    },
  };
}

function requireWritable(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MillraceError(
      'LOG_DIR_UNWRITABLE',
      `the log folder ${dir} cannot be written: ${reason}`,
      {
        details: { dir },
        cause: error,
        help: 'correct its permissions, or give another folder with --log-dir',
      },
    );
  }
}
