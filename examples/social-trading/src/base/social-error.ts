import { types } from 'node:util';

/** Every error that this example throws. `code` is stable; the message says what, which id, got and expected. */
export class SocialError extends Error {
  readonly code: string;
  /** A server asked to be left alone for so long. */
  readonly retryAfterMs?: number;

  constructor(code: string, message: string, { cause, retryAfterMs }: SocialErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SocialError';
    this.code = code;
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
  }
}

export interface SocialErrorDetails {
  readonly cause?: unknown;
  readonly retryAfterMs?: number | undefined;
}

/** What a thrown value says, in one line. */
export function messageOf(thrown: unknown): string {
  // By its nature, not its class: an error of Node itself may come from another realm.
  const text = types.isNativeError(thrown) ? thrown.message || thrown.name : String(thrown);
  return text.replaceAll(/\s+/g, ' ').trim();
}
