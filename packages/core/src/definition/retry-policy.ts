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
}

export const NO_RETRY: RetryPolicy = {
  attempts: 1,
  backoff: 'exponential',
  delayMs: 1000,
  maxDelayMs: 60_000,
  jitter: true,
};

/**
 * The wait after failed attempt number `failedAttempts`.
 * @param random in [0, 1)
 */
export function retryDelayMs(
  policy: RetryPolicy,
  failedAttempts: number,
  random: () => number,
): number {
  const full = Math.min(policy.maxDelayMs, policy.delayMs * growth(policy.backoff, failedAttempts));
  return policy.jitter ? full * (1 - random() / 2) : full;
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
