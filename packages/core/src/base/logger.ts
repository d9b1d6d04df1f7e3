/** Plain facts beside a log message. */
export type LogFields = Readonly<Record<string, unknown>>;

/** What a stage and the executor log through; `@millrace/logging` gives the real one. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds `fields` (run, stage, attempt) to every line. */
  child(fields: LogFields): Logger;
}

/** Keeps nothing. The default where no logger is given. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child() {
    return silentLogger;
  },
};
