import type { FailureRecord } from '../events/index.ts';
import type { BoundStage } from '../pipeline/index.ts';

/** Whether a failed stage is tried again, `tries` attempts having been made in this session. */
export function mayRetry(stage: BoundStage, failure: FailureRecord, tries: number): boolean {
  if (tries >= stage.options.retry.attempts) return false;
  const { retryable } = stage.blueprint.spec;
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
  return failure.reason === 'threw' || failure.reason === 'timed-out';
}
