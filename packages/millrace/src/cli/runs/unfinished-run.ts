import { MillraceError } from '@millrace/core';
import { latestRuns } from './find-run.ts';
import { lookAtStore } from './look-at-store.ts';
import { isUnfinished, type ShownRunStatus, shownRunStatus } from './shown-status.ts';

export interface UnfinishedRun {
  readonly runId: string;
  readonly status: ShownRunStatus;
}

/**
 * The newest run of a config when it is unfinished and nobody works on it, as a hint only: a store that
 * cannot be read holds none.
 */
export async function unfinishedRun(
  spec: string,
  choice: { readonly file: string; readonly pipeline: string },
): Promise<UnfinishedRun | undefined> {
  try {
    return await lookAtStore(spec, async (store) => {
      const { newest } = await latestRuns(store, choice);
      if (newest === undefined) return undefined;
      const status = shownRunStatus(newest);
      return isUnfinished(status) ? { runId: newest.id, status } : undefined;
    });
  } catch (error) {
    if (error instanceof MillraceError) return undefined;
    throw error;
  }
}
