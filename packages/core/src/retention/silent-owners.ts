import type { Clock } from '../base/clock.ts';
import type { CheckpointStore, Owner, RunRecord } from '../checkpoint/index.ts';
import { LeaseWatch } from '../executor/lease-watch.ts';
import { pause } from '../executor/pause.ts';

/** The runs are looked at so often. */
const LOOK_EVERY_MS = 1000;

export interface SilenceRequest {
  readonly store: CheckpointStore;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Runs whose owners are on other machines. */
  readonly runs: readonly RunRecord[];
}

/**
 * Finds the owners that give no sign of life for as long as they promised one: what a machine that is gone, or a
 * container with a new name, has left. Owners that promise nothing are never among them.
 */
export async function silentOwners({
  store,
  clock,
  signal,
  runs,
}: SilenceRequest): Promise<ReadonlySet<Owner>> {
  const silent = new Set<Owner>();
  const watches = new Map<RunRecord, LeaseWatch>();
  for (const run of runs) {
    if (run.owner?.leaseMs === undefined) continue;
    const watch = new LeaseWatch();
    watch.look(run, 0);
    watches.set(run, watch);
  }
  while (watches.size > 0 && (await pause(clock, LOOK_EVERY_MS, signal))) {
    for (const [run, watch] of watches) {
      const now = await store.findRun(run.id);
      const sight = now?.owner === undefined ? 'moved' : watch.look(now, LOOK_EVERY_MS);
      if (sight === 'still') continue;
      watches.delete(run);
      if (sight === 'silent' && run.owner !== undefined) silent.add(run.owner);
    }
  }
  return silent;
}
