import type { FeatureTable } from '@millrace/quant';
import { z } from '../base/schema.ts';
import { computeFeatures } from '../features/compute-features.ts';
import { FeatureSettings } from '../features/feature-settings.ts';
import { BarPolicy } from '../market/bar-policy.ts';
import { checkBars } from '../market/check-bars.ts';
import { dataSet } from '../market/data-set.ts';
import { openData } from '../market/open-data.ts';
import type { Environment } from '../rehearsal/switches.ts';
import { loadTraining } from './load-training.ts';
import { dataPath } from './open-session.ts';

/** Features of all days of a data set, as the config has them. */
export interface PresentFeatures {
  readonly name: string;
  readonly title: string;
  readonly time: Float64Array;
  readonly table: FeatureTable;
}

const Ingestion = z.object({
  policy: BarPolicy.prefault({}),
  seed: z.int().default(7),
  generatedBars: z.int().default(20_000),
});
const Engineering = z.object({ features: FeatureSettings.prefault({}) });

/**
 * By the same functions and params as in a training: a model sees what it was trained on.
 * @throws TrainingError DATA_UNKNOWN, DATA_UNREADABLE, DATA_REFUSED
 */
export async function presentFeatures(data: string, env: Environment): Promise<PresentFeatures> {
  const set = dataSet(dataPath(data, env));
  const { pipeline } = await loadTraining({ env });
  const paramsOf = (stage: string): unknown =>
    pipeline.definition.stages.find(({ id }) => id === stage)?.with ?? {};
  const { policy, seed, generatedBars } = Ingestion.parse(paramsOf('data-ingestion'));
  const { features } = Engineering.parse(paramsOf('feature-engineering'));
  const { bars } = checkBars(openData(set, { seed, count: generatedBars }), policy, set.name);
  const table = computeFeatures(bars, features);
  return { name: set.name, title: set.title, time: bars.time, table };
}
