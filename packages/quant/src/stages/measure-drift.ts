import { PipelineStage, type StageScope, z } from '@millrace/core';
import { requireFeatures } from '../features/require-features.ts';
import { populationStability } from '../statistics/population-stability.ts';
import { FeatureTableSchema } from './schemas.ts';

/** Whether features are still those that a model was trained on; see `populationStability`. */
export class MeasureDrift extends PipelineStage.of({
  description: 'Population stability index of each feature against those of the training.',
  params: z.object({
    bins: z.int().min(2).default(10),
    threshold: z.number().positive().default(0.25).describe('Mean index above which it alerts.'),
  }),
  inputs: z.object({ trainedFeatures: FeatureTableSchema, features: FeatureTableSchema }),
  outputs: z.object({
    drift: z.object({
      byFeature: z.record(z.string(), z.number()),
      mean: z.number(),
      isAlert: z.boolean(),
    }),
  }),
}) {
  run({ inputs, params, logger }: StageScope<typeof MeasureDrift>) {
    const { trainedFeatures, features } = inputs;
    requireFeatures(features.names, trainedFeatures.names);
    const indexes = trainedFeatures.columns.map((before, at) => {
      const after = features.columns[at] ?? new Float64Array();
      return populationStability(before, after, params.bins);
    });
    const mean = indexes.reduce((sum, index) => sum + index, 0) / indexes.length;
    const isAlert = mean > params.threshold;
    if (isAlert) logger.warn('features have drifted', { mean, threshold: params.threshold });
    const byFeature = Object.fromEntries(
      trainedFeatures.names.map((name, at) => [name, indexes[at] ?? 0]),
    );
    return { drift: { byFeature, mean, isAlert } };
  }
}
