import type { FailureRecord } from 'millrace';

/** What the stage itself said, without the frame that the engine puts around it; it may be several lines. */
export function reasonOf({ thrown, message }: FailureRecord): string {
  return (thrown?.message || message).trim();
}

/** The first line of it. */
export function shortReasonOf(failure: FailureRecord): string {
  return reasonOf(failure).split('\n')[0] ?? '';
}
