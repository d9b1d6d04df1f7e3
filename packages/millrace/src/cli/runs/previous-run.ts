import { type CheckpointStore, MillraceError, type RunRecord } from '@millrace/core';

/** Runs of the pipeline that are looked through, newest first. */
const SEARCHED_RUNS = 10_000;

/** The newest run of the same pipeline that is older than this one. @throws MillraceError RUN_NOT_FOUND */
export async function previousRun(store: CheckpointStore, run: RunRecord): Promise<RunRecord> {
  const { id, pipeline } = run;
  const runs = await store.listRuns({ pipeline, limit: SEARCHED_RUNS });
  const place = runs.findIndex((candidate) => candidate.id === id);
  const previous = place === -1 ? undefined : runs[place + 1];
  if (previous !== undefined) return previous;
  throw new MillraceError(
    'RUN_NOT_FOUND',
    `there is no run of pipeline ${JSON.stringify(pipeline)} before ${id}`,
    { details: { runId: id, pipeline }, help: `name the other one: millrace diff OTHER ${id}` },
  );
}
