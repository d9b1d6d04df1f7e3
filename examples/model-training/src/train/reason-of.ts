import type { FailureRecord } from 'millrace';

/** What the stage itself said, without the frame that the engine puts around it. */
export function reasonOf({ thrown, message }: FailureRecord): string {
  return (thrown?.message || message).replaceAll(/\s+/g, ' ').trim();
}
