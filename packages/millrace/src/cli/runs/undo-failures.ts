import type { CheckpointStore, FailureRecord, RunEvent, RunRecord } from '@millrace/core';

const PAGE = 1000;

/** What comes between the beginning of an undo and the end of its session. */
const OF_UNDO: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'run.undoing',
  'run.cancelling',
  'run.finished',
  'stage.undone',
  'stage.undo-failed',
]);

/**
 * Why stages could not be undone in the newest session, by their ids: only events tell of it. Read from the end, as
 * far as the undo goes back.
 */
export async function readUndoFailures(
  store: CheckpointStore,
  { id, lastSeq, sessionStartSeq }: RunRecord,
): Promise<ReadonlyMap<string, FailureRecord>> {
  const failures = new Map<string, FailureRecord>();
  for (let end = lastSeq; end > sessionStartSeq; ) {
    const start = Math.max(sessionStartSeq, end - PAGE);
    const events = await store.loadEvents(id, start, end - start);
    for (const event of [...events].reverse()) {
      if (!OF_UNDO.has(event.type)) return failures;
      if (event.type === 'stage.undo-failed') failures.set(event.stage, event.failure);
    }
    end = start;
  }
  return failures;
}
