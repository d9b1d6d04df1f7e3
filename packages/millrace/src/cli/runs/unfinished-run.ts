import { MillraceError } from '@millrace/core';
import { openStore } from '../../facade/open-store.ts';
import { latestRuns } from './find-run.ts';
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
    const store = await openStore(spec, { readOnly: true });
    try {
      const { newest } = await latestRuns(store, choice);
      if (newest === undefined) return undefined;
      const status = shownRunStatus(newest);
      return isUnfinished(status) ? { runId: newest.id, status } : undefined;
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof MillraceError) return undefined;
    throw error;
  }
}
