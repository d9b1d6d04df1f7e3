import {
  BarsSchema,
  FeatureTableSchema,
  SamplesSchema,
  selectSamples,
  takeRows,
} from '@millrace/quant';
import { PipelineStage, type StageScope, z } from 'millrace';
import { Floats } from '../src/base/typed-arrays.ts';
import { computeFeatures } from '../src/features/compute-features.ts';
import { FeatureSettings } from '../src/features/feature-settings.ts';
import { labelBars } from '../src/features/label-bars.ts';
import { LabelSettings } from '../src/features/label-settings.ts';
import { nextReturns } from '../src/features/next-returns.ts';
import { Parts, partSamples } from '../src/features/part-samples.ts';
import { Split } from '../src/market/split-days.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { featureDetail } from '../src/report/stage-detail.ts';
import { describeResult } from './describe-result.ts';

export default class FeatureEngineering extends PipelineStage.of({
  description: 'Features and labels of each day, each in its part of the split.',
  params: z.object({
    features: FeatureSettings.prefault({}),
    labels: LabelSettings.prefault({ kind: 'next-day' }),
  }),
  inputs: z.object({ bars: BarsSchema, split: Split }),
  outputs: z.object({
    samples: SamplesSchema,
    parts: Parts,
    nextReturns: Floats,
    /** What the drift is measured between. */
    trainedFeatures: FeatureTableSchema,
    heldBackFeatures: FeatureTableSchema,
  }),
}) {
  async run(scope: StageScope<typeof FeatureEngineering>) {
    await rehearse(scope);
    const { inputs, params } = scope;
    const table = computeFeatures(inputs.bars, params.features);
    const labelled = labelBars(inputs.bars, params.labels);
    const samples = selectSamples(table, labelled, labelled.labels, labelled.weights);
    const parts = partSamples(samples, inputs.split);
    describeResult(scope, featureDetail(samples, parts));
    return {
      samples,
      parts,
      nextReturns: nextReturns(inputs.bars, samples),
      trainedFeatures: takeRows(samples.features, parts.train),
      heldBackFeatures: takeRows(samples.features, parts.test),
    };
  }
}
