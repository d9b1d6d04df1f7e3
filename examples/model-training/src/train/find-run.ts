import { asRunId, MillraceError, openStore, RESUMABLE_STATUSES, type RunRecord } from 'millrace';

export interface WantedRun {
  /** The id of a run, or `latest`: the newest that has not succeeded. */
  readonly run: string;
  readonly pipeline: string;
}

/**
 * A run of a pipeline. A missing store is not made.
 * @throws MillraceError STORE_MISSING, RUN_NOT_FOUND, RUN_OTHER_PIPELINE
 */
export async function findRun(
  spec: string,
  { run: text, pipeline }: WantedRun,
): Promise<RunRecord> {
  const store = await openStore(spec, { readOnly: true });
  const isLatest = text === 'latest';
  const unfinished = { pipeline, statuses: RESUMABLE_STATUSES, limit: 1 };
  const run = isLatest ? (await store.listRuns(unfinished))[0] : await store.findRun(asRunId(text));
  await store.close();
  if (run?.pipeline === pipeline) return run;
  if (run !== undefined) {
    const message = `run ${run.id} is one of pipeline ${run.pipeline}, expected ${pipeline}`;
    throw new MillraceError('RUN_OTHER_PIPELINE', message);
  }
  const what = isLatest ? 'no unfinished run' : `no run ${JSON.stringify(text)}`;
  throw new MillraceError('RUN_NOT_FOUND', `${store.name} has ${what}`, {
    help: '`npx millrace runs` in the folder of the example lists what there is',
  });
}
