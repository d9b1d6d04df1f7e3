import type { RunId } from '../base/ids.ts';
import type { CheckpointStore, StoredStageStatus, WaitRecord } from '../checkpoint/index.ts';

/** A stage with one of these has no use for a signal any more. */
const DONE: ReadonlySet<StoredStageStatus> = new Set<StoredStageStatus>(['succeeded', 'skipped']);

/**
 * What the stages of a run wait for, the longest wait first: of a run that nobody executes, too, and of stages
 * that failed or were cancelled while they waited, which wait again once the run is resumed.
 */
export async function openWaits(
  store: Pick<CheckpointStore, 'loadWaits' | 'loadStages'>,
  id: RunId,
): Promise<readonly WaitRecord[]> {
  const waits = await store.loadWaits(id);
  const open = waits.filter(({ status }) => status === 'waiting');
  if (open.length === 0) return [];
  const stages = await store.loadStages(id);
  const done = new Set(stages.flatMap(({ stage, status }) => (DONE.has(status) ? [stage] : [])));
  return open
    .filter(({ stage }) => !done.has(stage))
    .sort((a, b) => a.since - b.since || a.call - b.call);
}

/** When a wait is over at the latest, by the wall clock; undefined for one that has no end. */
export function waitEndsAt({
  since,
  timeoutMs,
}: Pick<WaitRecord, 'since' | 'timeoutMs'>): number | undefined {
  return timeoutMs === undefined ? undefined : since + timeoutMs;
}
