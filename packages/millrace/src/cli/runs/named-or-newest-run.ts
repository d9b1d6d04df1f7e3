import { type CheckpointStore, MillraceError, type RunRecord } from '@millrace/core';
import { findRun, latestRuns } from './find-run.ts';

/**
 * The run that a command means: the one that was named, else the newest of the store.
 * @param place the store as people write it
 * @throws MillraceError RUN_NOT_FOUND, RUN_AMBIGUOUS
 */
export async function namedOrNewestRun(
  store: CheckpointStore,
  text: string | undefined,
  place: string,
): Promise<RunRecord> {
  if (text !== undefined) return findRun(store, text, place);
  const { newest } = await latestRuns(store, {});
  if (newest !== undefined) return newest;
  throw new MillraceError('RUN_NOT_FOUND', `${place} has no runs`, {
    help: 'start one: millrace run CONFIG',
  });
}
