import { type CheckpointStore, MillraceError, type RunRecord } from '@millrace/core';
import { findRun, latestRuns } from '../runs/find-run.ts';
import { namedOrNewestRun } from '../runs/named-or-newest-run.ts';

export interface ChosenStage {
  readonly run: RunRecord;
  readonly stage: string;
}

/** The words of `millrace capsule [run] [stage]`, of which a single one may be either. */
export interface StageWords {
  readonly first: string | undefined;
  readonly second: string | undefined;
}

/**
 * The stage that a command means: without a run one of the newest run, without a stage the first that failed.
 * @param place the store as people write it
 * @throws MillraceError RUN_NOT_FOUND, RUN_AMBIGUOUS, NO_FAILED_STAGE
 */
export async function chooseStage(
  store: CheckpointStore,
  { first, second }: StageWords,
  place: string,
): Promise<ChosenStage> {
  if (second !== undefined) return { run: await findRun(store, first ?? '', place), stage: second };
  if (first === undefined) return firstFailed(store, await namedOrNewestRun(store, first, place));
  const { newest } = await latestRuns(store, {});
  // A stage comes first: any short word is the end of some run's id.
  if (newest !== undefined && (await hasStage(store, newest, first))) {
    return { run: newest, stage: first };
  }
  try {
    return await firstFailed(store, await findRun(store, first, place));
  } catch (error) {
    const isRun = !(error instanceof MillraceError) || error.code !== 'RUN_NOT_FOUND';
    if (isRun || newest === undefined) throw error;
    return { run: newest, stage: first };
  }
}

async function hasStage(
  store: CheckpointStore,
  { id }: RunRecord,
  stage: string,
): Promise<boolean> {
  const records = [...(await store.loadStages(id)), ...(await store.loadAttempts(id))];
  return records.some((record) => record.stage === stage);
}

async function firstFailed(store: CheckpointStore, run: RunRecord): Promise<ChosenStage> {
  const records = await store.loadStages(run.id);
  const failed = records
    .filter(({ status, startedAt }) => status === 'failed' && startedAt !== undefined)
    .sort((a, b) => a.finishedAt - b.finishedAt);
  // What ended with its process has no record of its end.
  const cutOff = (await store.loadAttempts(run.id)).filter(
    ({ status, stage }) =>
      (status === 'lost' || status === 'running') &&
      !records.some((record) => record.stage === stage),
  );
  const [found] = [...failed, ...cutOff];
  if (found !== undefined) return { run, stage: found.stage };
  throw new MillraceError('NO_FAILED_STAGE', `no stage of run ${run.id} failed`, {
    details: { runId: run.id },
    help: `name the stage that is meant; millrace show ${run.id} lists them`,
  });
}
