import { type Clock, systemClock } from '../base/clock.ts';
import type { RunId } from '../base/ids.ts';
import type { CheckpointStore, Owner, RunRecord } from '../checkpoint/index.ts';
import { type OwnerState, ownerState } from '../executor/owner-state.ts';
import { openWaits } from '../signals/index.ts';
import { decideRetention } from './decide-retention.ts';
import type { RetentionPolicy, RunVerdict } from './retention-policy.ts';
import { silentOwners } from './silent-owners.ts';

export interface PlanCleanUpOptions {
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  /** Told before it waits, for as long as they promised a sign of life, for so many owners on other machines. */
  readonly onWatch?: (owners: number) => void;
}

/** What a clean-up would do. */
export interface CleanUpPlan {
  /** Of all runs that can be read, newest first. A damaged run is not among them, and is kept. */
  readonly verdicts: readonly RunVerdict[];
  /** Whether the owner of a run may still be at work. */
  readonly mayLive: (owner: Owner) => boolean;
}

/** Looks at all runs of a store and decides which go. Nothing is deleted. */
export async function planCleanUp(
  store: CheckpointStore,
  policy: RetentionPolicy,
  { clock = systemClock, signal, onWatch }: PlanCleanUpOptions = {},
): Promise<CleanUpPlan> {
  const runs = await store.listRuns({ limit: Number.MAX_SAFE_INTEGER });
  const elsewhere = runs.filter(({ owner }) => owner && ownerState(owner) === 'elsewhere');
  if (elsewhere.length > 0) onWatch?.(elsewhere.length);
  const silent = await silentOwners({ store, clock, signal, runs: elsewhere });
  const names = new Set(Array.from(silent, nameOf));
  const stateOf = (owner: Owner): OwnerState =>
    names.has(nameOf(owner)) ? 'dead' : ownerState(owner);
  const waiting = await waitingRuns(store, runs);
  return {
    verdicts: decideRetention({ runs, policy, waiting, now: clock.now(), stateOf }),
    mayLive: (owner) => stateOf(owner) !== 'dead',
  };
}

/** One whose owner died while a stage waited was interrupted: other stages may have been at work. */
async function waitingRuns(
  store: CheckpointStore,
  runs: readonly RunRecord[],
): Promise<ReadonlySet<RunId>> {
  const waiting = new Set<RunId>();
  for (const { id, status, owner } of runs) {
    if (status !== 'running' || owner !== undefined) continue;
    if ((await openWaits(store, id)).length > 0) waiting.add(id);
  }
  return waiting;
}

function nameOf({ host, pid, processStart }: Owner): string {
  return JSON.stringify([host, pid, processStart]);
}
