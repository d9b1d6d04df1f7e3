import type { Logger } from 'millrace';
import type { ProgramIo } from './program-io.ts';

/** Warnings and errors as lines for the person. */
export function noticeLogger({ notice }: ProgramIo): Logger {
  const logger: Logger = {
    debug: () => {},
    info: (message) => notice(message),
    warn: (message) => notice(`warning: ${message}`),
    error: (message) => notice(`error: ${message}`),
    child: () => logger,
  };
  return logger;
}
