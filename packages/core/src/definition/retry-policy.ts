/** How often and when a failed stage is tried again within one run. */
export interface RetryPolicy {
  /** Tries in all, the first one counted. At least 1, default 1. */
  readonly attempts: number;
  readonly backoff: 'fixed' | 'linear' | 'exponential';
  /** Wait before the second attempt. Default 1,000 ms. */
  readonly delayMs: number;
  /** No wait is longer. Default 60,000 ms, or `delayMs` where that is longer. */
  readonly maxDelayMs: number;
  /** Takes a random half off each wait, so that many runs do not retry in step. Default true. */
  readonly jitter: boolean;
  /** Only what one of these names is tried again: a reason, a code, or the name or code of what was thrown. */
  readonly on?: readonly string[];
  /** What one of these names is not. */
  readonly notOn?: readonly string[];
}

export const NO_RETRY: RetryPolicy = {
  attempts: 1,
  backoff: 'exponential',
  delayMs: 1000,
  maxDelayMs: 60_000,
  jitter: true,
};

/** No error can ask for a longer wait. */
const LONGEST_ASKED_MS = 24 * 60 * 60 * 1000;

interface FailedTry {
  /** Failed attempts so far, this one included. */
  readonly failedAttempts: number;
  /** How long what was thrown asks to be left alone, as a server does with `Retry-After`. */
  readonly retryAfterMs?: number | undefined;
}

/**
 * The wait after a failed attempt. It is not shorter than what was asked for, which jitter and `maxDelayMs` leave alone.
 * @param random in [0, 1)
 */
export function retryDelayMs(
  policy: RetryPolicy,
  { failedAttempts, retryAfterMs = 0 }: FailedTry,
  random: () => number,
): number {
  const full = Math.min(policy.maxDelayMs, policy.delayMs * growth(policy.backoff, failedAttempts));
  const own = policy.jitter ? full * (1 - random() / 2) : full;
  return Math.max(own, Math.min(retryAfterMs, LONGEST_ASKED_MS));
}

function growth(backoff: RetryPolicy['backoff'], failedAttempts: number): number {
  switch (backoff) {
    case 'fixed':
      return 1;
    case 'linear':
      return failedAttempts;
    case 'exponential':
      // Past this power the product could be 0 * Infinity; any limit was passed long before.
      return 2 ** Math.min(failedAttempts - 1, 100);
  }
}
