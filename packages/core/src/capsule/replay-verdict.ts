import type { AttemptOutcome } from '../attempt/index.ts';
import type { FailureRecord } from '../events/index.ts';
import type { CapsuleHead } from './capsule.ts';
import type { ReplayedOutput } from './compare-outputs.ts';

/**
 * `same-failure`, `other-failure`: it failed then and now. `recovered`: it failed then and succeeded now; `broke`:
 * the other way round. `same-outputs`, `other-outputs`: it succeeded then and now. `succeeded`, `failed`: there
 * was no outcome to compare with. `cancelled`: the replay was broken off.
 */
export type ReplayVerdict =
  | 'same-failure'
  | 'other-failure'
  | 'recovered'
  | 'broke'
  | 'same-outputs'
  | 'other-outputs'
  | 'succeeded'
  | 'failed'
  | 'cancelled';

export function verdictOf(
  { status, failure }: Pick<CapsuleHead, 'status' | 'failure'>,
  outcome: AttemptOutcome,
  outputs: readonly ReplayedOutput[],
): ReplayVerdict {
  if (outcome.kind === 'cancelled') return 'cancelled';
  const hasSucceeded = outcome.kind === 'succeeded';
  switch (status) {
    case 'succeeded':
      if (!hasSucceeded) return 'broke';
      return outputs.every(({ verdict }) => verdict === 'same') ? 'same-outputs' : 'other-outputs';
    case 'failed':
      if (hasSucceeded) return 'recovered';
      return isSameFailure(failure, outcome.failure) ? 'same-failure' : 'other-failure';
    case 'cancelled':
    case 'lost':
    case 'running':
      return hasSucceeded ? 'succeeded' : 'failed';
    default:
      return status satisfies never;
  }
}

/** Where it happened, what was thrown and its message; lines of the stack move with the code. */
function isSameFailure(before: FailureRecord | undefined, now: FailureRecord): boolean {
  return (
    before !== undefined &&
    before.reason === now.reason &&
    before.phase === now.phase &&
    before.message === now.message &&
    before.thrown?.name === now.thrown?.name &&
    before.thrown?.code === now.thrown?.code
  );
}
