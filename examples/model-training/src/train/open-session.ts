import type { LoadedPipeline, RunRecord } from 'millrace';
import { DATA_NAMES, dataSet } from '../market/data-set.ts';
import type { Environment } from '../rehearsal/switches.ts';
import { findRun } from './find-run.ts';
import { loadForRun, loadTraining } from './load-training.ts';
import { fromPerson, type Places, placesOf } from './places.ts';
import type { TrainOptions } from './train-options.ts';

/** What a session is about, and where it leaves what. */
export interface Session {
  readonly loaded: LoadedPipeline;
  readonly places: Places;
  /** The run that goes on; undefined for a new one. */
  readonly earlier: RunRecord | undefined;
}

/**
 * Finds the run, or reads the config with what was given.
 * @throws TrainingError and MillraceError when nothing can be run
 */
export async function openSession(options: TrainOptions, env: Environment): Promise<Session> {
  const { request, set, pipeline } = options;
  const home = options.home === undefined ? undefined : fromPerson(options.home, env);
  const file = options.config === undefined ? undefined : fromPerson(options.config, env);
  const config = { file, pipeline, set, env };
  const first = await loadTraining(config);
  const places = placesOf(first, home);
  if (request.kind === 'resume') {
    const earlier = await findRun(places.store, {
      run: request.run,
      pipeline: first.pipeline.name,
    });
    return { places, earlier, loaded: await loadForRun(earlier, config) };
  }
  const params = request.data === undefined ? {} : { data: dataPath(request.data, env) };
  // By `set`, which a config of the person's own that keeps no models may leave unused.
  const models = options.home === undefined ? {} : { 'params.models': places.models };
  const loaded = await loadTraining({ ...config, params, set: { ...models, ...set } });
  return { places, earlier: undefined, loaded };
}

/** @throws TrainingError DATA_UNKNOWN */
export function dataPath(data: string, env: Environment): string {
  if (DATA_NAMES.includes(data)) return data;
  dataSet(data);
  return fromPerson(data, env);
}
