import {
  asRunId,
  type CheckpointStore,
  didYouMean,
  MillraceError,
  RESUMABLE_STATUSES,
  type RunRecord,
} from '@millrace/core';

/** Runs that a part of an id is looked for in, newest first. */
const SEARCHED_RUNS = 10_000;
const SHOWN_MATCHES = 5;

/** Stands for the newest run. */
const LATEST = 'latest';

/**
 * A run by its id, by the beginning or the end of its id when only one run fits, or the newest one: `latest`.
 * @param place the store as people write it
 * @throws MillraceError RUN_NOT_FOUND, RUN_AMBIGUOUS
 */
export async function findRun(
  store: CheckpointStore,
  text: string,
  place: string,
): Promise<RunRecord> {
  const exact = await store.findRun(asRunId(text));
  if (exact !== undefined) return exact;
  const runs = await store.listRuns({ limit: SEARCHED_RUNS });
  const [newest] = runs;
  if (text === LATEST && newest !== undefined) return newest;
  const matches = runs.filter(({ id }) => id.startsWith(text) || id.endsWith(text));
  const [match] = matches;
  if (match === undefined) throw notFound(place, text, runs);
  if (matches.length === 1) return match;
  const shown = matches.slice(0, SHOWN_MATCHES).map(({ id }) => id);
  const more = matches.length - shown.length;
  throw new MillraceError(
    'RUN_AMBIGUOUS',
    `${JSON.stringify(text)} fits ${matches.length} runs: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    { details: { text, runIds: shown }, help: 'give more of the id' },
  );
}

function notFound(place: string, text: string, runs: readonly RunRecord[]): MillraceError {
  const near = didYouMean(
    text,
    runs.map(({ id }) => id),
  );
  return new MillraceError('RUN_NOT_FOUND', `${place} has no run ${JSON.stringify(text)}`, {
    details: { runId: text },
    help:
      near ?? 'list its runs with `millrace runs`; a run in another store is named with --store',
  });
}

export interface RunChoice {
  /** Absolute path of the config whose runs count; undefined for all runs of the store. */
  readonly file?: string | undefined;
  readonly pipeline?: string | undefined;
}

export interface LatestRuns {
  readonly unfinished: RunRecord | undefined;
  readonly newest: RunRecord | undefined;
}

/** The newest run, and the newest of those that a resume would continue. */
export async function latestRuns(store: CheckpointStore, choice: RunChoice): Promise<LatestRuns> {
  const { pipeline, file } = choice;
  const fits = (run: RunRecord): boolean =>
    file === undefined || run.source.file === undefined || run.source.file === file;
  const filter = { limit: SEARCHED_RUNS, ...(pipeline === undefined ? {} : { pipeline }) };
  const unfinished = await store.listRuns({ ...filter, statuses: RESUMABLE_STATUSES });
  const newest = await store.listRuns({ ...filter, limit: 50 });
  return { unfinished: unfinished.find(fits), newest: newest.find(fits) };
}
