import { didYouMean, MillraceError } from '@millrace/core';

/** Quiet to loud is right to left: a level lets its own lines and those after it through. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

export function isLevelShown(level: LogLevel, lowest: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(lowest);
}

/** @throws MillraceError LOG_LEVEL_UNKNOWN */
export function checkLevel(level: LogLevel): LogLevel {
  if (LOG_LEVELS.includes(level)) return level;
  const help = didYouMean(String(level), LOG_LEVELS);
  throw new MillraceError(
    'LOG_LEVEL_UNKNOWN',
    `there is no log level ${JSON.stringify(level)}; the levels are ${LOG_LEVELS.join(', ')}`,
    { details: { level }, ...(help === undefined ? {} : { help }) },
  );
}
