import type { Logger } from '@millrace/core';
import type { LogLevel } from '../log-level.ts';
import { type BoundFields, bindFields } from './bound-fields.ts';

/** Where the lines of all loggers go. */
export interface LogSink {
  isShown(level: LogLevel): boolean;
  /** Never throws. */
  write(level: LogLevel, message: unknown, bound: BoundFields, fields: unknown): void;
}

/** Its methods may be taken off the logger and passed on as callbacks. */
export function createBoundLogger(sink: LogSink, bound: BoundFields): Logger {
  const logAt =
    (level: LogLevel): Logger['info'] =>
    (message, fields) => {
      if (sink.isShown(level)) sink.write(level, message, bound, fields);
    };
  return {
    debug: logAt('debug'),
    info: logAt('info'),
    warn: logAt('warn'),
    error: logAt('error'),
    child: (fields) => createBoundLogger(sink, bindFields(bound, fields)),
  };
}
