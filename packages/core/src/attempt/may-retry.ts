import type { RetryPolicy } from '../definition/index.ts';
import type { FailureRecord } from '../events/index.ts';
import type { StageSpec } from '../stage/index.ts';

/**
 * Whether what failed is tried again.
 * @param tries of a stage in this session, of an item in this attempt
 */
export function mayRetry(
  { attempts }: RetryPolicy,
  { retryable }: Pick<StageSpec, 'retryable'>,
  { failure, tries }: { readonly failure: FailureRecord; readonly tries: number },
): boolean {
  if (tries >= attempts) return false;
  if (retryable === undefined) return isWorthRetrying(failure);
  try {
    return retryable(failure);
  } catch {
    // A filter that throws decides nothing.
    return isWorthRetrying(failure);
  }
}

/** Luck may change what was thrown or took too long; a value of the wrong shape comes back the same. */
function isWorthRetrying(failure: FailureRecord): boolean {
  const { reason } = failure;
  return reason === 'threw' || reason === 'timed-out' || reason === 'items-failed';
}
