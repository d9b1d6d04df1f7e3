import { join } from 'node:path';
import { type LoadedPipeline, loadPipeline, type RunRecord, z } from 'millrace';
import { exampleFolder } from '../base/example-folder.ts';
import { DATA_SET_FACTS } from '../market/data-set.ts';
import type { NewTraining } from './train-options.ts';

export const PIPELINE = 'ml4t-train';

const load = (params: Readonly<Record<string, unknown>>): Promise<LoadedPipeline> =>
  loadPipeline({ file: join(exampleFolder, 'pipeline.yaml'), cwd: exampleFolder, params });

/** @param models folder of the model store */
export function loadNewTraining(
  { data, bars, seed, model }: NewTraining,
  models: string,
): Promise<LoadedPipeline> {
  const { origin, leakAuc } = DATA_SET_FACTS[data];
  return load({ data, bars, seed, origin, leakAuc, models, model: model ?? data });
}

const Overrides = z.object({ params: z.record(z.string(), z.unknown()).default({}) });

/** The pipeline of an earlier run, with what was given at its start. */
export function loadEarlierTraining({ source }: RunRecord): Promise<LoadedPipeline> {
  return load(Overrides.safeParse(source.overrides ?? {}).data?.params ?? {});
}
