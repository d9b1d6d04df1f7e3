import { formatDuration } from '@millrace/core';

/** An estimate, which has no tenths. */
export function roughDuration(durationMs: number): string {
  const seconds = Math.ceil(durationMs / 1000);
  return seconds < 60 ? `${seconds}s` : formatDuration(seconds * 1000);
}
