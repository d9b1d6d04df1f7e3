import { asRunId, MillraceError, openStore, RESUMABLE_STATUSES, type RunRecord } from 'millrace';

const PIPELINE = 'daily-macro';

/**
 * A run of this pipeline by its id, or the newest that has not succeeded for `latest`. A missing store is not made.
 * @throws MillraceError STORE_MISSING, RUN_NOT_FOUND, RUN_OTHER_PIPELINE
 */
export async function findRun(spec: string, text: string): Promise<RunRecord> {
  const store = await openStore(spec, { readOnly: true });
  const isLatest = text === 'latest';
  const unfinished = { pipeline: PIPELINE, statuses: RESUMABLE_STATUSES, limit: 1 };
  const run = isLatest ? (await store.listRuns(unfinished))[0] : await store.findRun(asRunId(text));
  await store.close();
  if (run?.pipeline === PIPELINE) return run;
  if (run !== undefined) {
    const message = `run ${run.id} is one of pipeline ${run.pipeline}, expected ${PIPELINE}`;
    throw new MillraceError('RUN_OTHER_PIPELINE', message);
  }
  const what = isLatest ? 'no unfinished run' : `no run ${JSON.stringify(text)}`;
  throw new MillraceError('RUN_NOT_FOUND', `${store.name} has ${what}`, {
    help: '`npx millrace runs` in the folder of the example lists what there is',
  });
}
