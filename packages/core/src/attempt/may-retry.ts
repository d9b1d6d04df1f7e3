import type { RetryPolicy } from '../definition/index.ts';
import type { FailureRecord } from '../events/index.ts';
import type { CallResult } from '../limits/index.ts';
import type { StageSpec } from '../stage/index.ts';

type RetryFilter = Pick<StageSpec, 'retryable'>;

/**
 * Whether what failed is tried again.
 * @param tries of a stage in this session, of an item in this attempt
 */
export function mayRetry(
  { attempts }: RetryPolicy,
  filter: RetryFilter,
  { failure, tries }: { readonly failure: FailureRecord; readonly tries: number },
): boolean {
  return tries < attempts && isWorthRetrying(filter, failure);
}

/** What a failure says of the limits that were used: one that would come back the same says nothing of them. */
export function callResultOf(filter: RetryFilter, failure: FailureRecord): CallResult {
  return isWorthRetrying(filter, failure) ? 'failed' : 'other';
}

function isWorthRetrying({ retryable }: RetryFilter, failure: FailureRecord): boolean {
  // It never began, and would find the circuit open again.
  if (failure.reason === 'circuit-open') return false;
  if (retryable === undefined) return mayPass(failure);
  try {
    return retryable(failure);
  } catch {
    // A filter that throws decides nothing.
    return mayPass(failure);
  }
}

/** Luck may change what was thrown or took too long; a value of the wrong shape comes back the same. */
function mayPass({ reason }: FailureRecord): boolean {
  return reason === 'threw' || reason === 'timed-out' || reason === 'items-failed';
}
