import type { RunId, StageId } from '../base/ids.ts';
import type { SessionParts } from './session-parts.ts';

/** A fork of a fork of a fork; further back nobody looks. */
const MOST_FORKS = 16;

/**
 * Other runs in which results of a stage's items may be found, the nearest first: those that the run is forked
 * from, and the one whose outcome stood for the stage. A run that is gone ends the search.
 */
export async function itemSources(
  { store, runId, forkedFrom, records }: SessionParts,
  stage: StageId,
): Promise<readonly RunId[]> {
  const sources = new Set<RunId>();
  // A resume of a fork knows by the record of the run what it is forked from.
  let source = forkedFrom ?? (await store.findRun(runId))?.source.forkedFrom;
  for (let forks = 0; source !== undefined && forks < MOST_FORKS; forks++) {
    sources.add(source);
    source = (await store.findRun(source))?.source.forkedFrom;
  }
  const origin = records.get(stage)?.origin?.runId;
  if (origin !== undefined) sources.add(origin);
  sources.delete(runId);
  return [...sources];
}
