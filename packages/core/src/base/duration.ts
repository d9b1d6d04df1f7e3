import ms from 'ms';
import { problem, type Result, success } from './result.ts';

/** `250ms`, `1.5s`, `5m`, `2h`, `1d`: a number and a unit. */
export const DURATION_PATTERN = /^(?:\d+(?:\.\d+)?)(?:ms|s|m|h|d)$/;
/** A hundred years; what is longer is a slip, and `ms` does not read more than 100 characters. */
const LONGEST_MS = 100 * 365.25 * 24 * 3_600_000;

export const DURATION_EXAMPLES = '"250ms", "1.5s", "5m", "2h" or "1d"';

/** What a text must be to be a duration, for messages: `expected ...`. */
export const DURATION_EXPECTED = `expected a duration with a unit, such as ${DURATION_EXAMPLES}`;

/** Reads a duration with a unit; a bare number is refused because its unit would be a guess. */
export function parseDurationMs(text: string): Result<number, string> {
  if (!DURATION_PATTERN.test(text)) return problem(DURATION_EXPECTED);
  const durationMs: number | undefined = ms(text as ms.StringValue);
  if (durationMs === undefined || !(durationMs <= LONGEST_MS))
    return problem('expected a duration of at most 100 years');
  return success(durationMs);
}

/** `1.2s`, `350ms`, `4m 10s`: for people, never parsed again. */
export function formatDuration(durationMs: number): string {
  const wholeMs = Math.round(durationMs);
  if (wholeMs < 1000) return `${wholeMs}ms`;
  const tenths = Math.round(durationMs / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)}s`;
  const seconds = Math.round(durationMs / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m ${seconds % 60}s`;
  return `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
}
