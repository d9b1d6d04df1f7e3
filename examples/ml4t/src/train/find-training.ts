import {
  asRunId,
  type CheckpointStore,
  MillraceError,
  RESUMABLE_STATUSES,
  type RunRecord,
} from 'millrace';
import { PIPELINE } from './load-training.ts';

/**
 * A training by its id, or the newest unfinished one for `latest`.
 * @throws MillraceError RUN_NOT_FOUND, RUN_OTHER_PIPELINE
 */
export async function findTraining(store: CheckpointStore, text: string): Promise<RunRecord> {
  const isLatest = text === 'latest';
  const unfinished = { pipeline: PIPELINE, statuses: RESUMABLE_STATUSES, limit: 1 };
  const run = isLatest ? (await store.listRuns(unfinished))[0] : await store.findRun(asRunId(text));
  if (run?.pipeline === PIPELINE) return run;
  if (run !== undefined) {
    const message = `run ${run.id} is one of pipeline ${run.pipeline}, expected ${PIPELINE}`;
    throw new MillraceError('RUN_OTHER_PIPELINE', message);
  }
  const what = isLatest ? 'no unfinished training' : `no run ${JSON.stringify(text)}`;
  throw new MillraceError('RUN_NOT_FOUND', `${store.name} has ${what}`, {
    help: '`npx millrace runs` in the folder of the example lists what there is',
  });
}
