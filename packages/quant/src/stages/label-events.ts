import { PipelineStage, type StageScope, z } from '@millrace/core';
import { addFeature } from '../features/feature-table.ts';
import { averageUniqueness } from '../labels/average-uniqueness.ts';
import { selectEvents } from '../labels/barrier-events.ts';
import { barrierTargets } from '../labels/barrier-target.ts';
import { metaLabels } from '../labels/meta-label.ts';
import { tripleBarrier } from '../labels/triple-barrier.ts';
import { selectSamples } from '../validation/samples.ts';
import { BarsSchema, FeatureTableSchema, LabelsSchema, SamplesSchema } from './schemas.ts';

const Sides = z.custom<ArrayLike<number>>(
  (value) => Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value),
  { error: 'must be a list of numbers: 1 long, -1 short, 0 none, for each bar' },
);

/** Triple-barrier and meta labels of the primary signal, and the samples of them; see `tripleBarrier`. */
export class LabelEvents extends PipelineStage.of({
  description: 'Labels what became of each signal, and joins labels and features to samples.',
  params: z.object({
    takeProfit: z.number().min(0).default(2).describe('In targets; 0 for none.'),
    stopLoss: z.number().min(0).default(1).describe('In targets; 0 for none.'),
    horizon: z.int().min(1).default(10).describe('Bars until the vertical barrier.'),
    mode: z.enum(['close', 'ohlc']).default('ohlc'),
    trailing: z.boolean().default(false),
    target: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('atr'), window: z.int().min(1).default(14) }),
        z.object({ kind: z.literal('deviation'), span: z.int().min(1).default(100) }),
      ])
      .prefault({ kind: 'atr' }),
    minTarget: z.number().min(0).default(0),
    sideAsFeature: z.boolean().default(false).describe('Adds the side as the last feature.'),
    cost: z.number().min(0).default(0).describe('Share of the price, both ways together.'),
  }),
  inputs: z.object({ bars: BarsSchema, features: FeatureTableSchema, sides: Sides }),
  outputs: z.object({ labels: LabelsSchema, samples: SamplesSchema }),
}) {
  run({ inputs, params, logger }: StageScope<typeof LabelEvents>) {
    const { bars, features, sides } = inputs;
    const targets = barrierTargets(bars, params.target);
    const selection = selectEvents(sides, targets, params.minTarget);
    const labels = tripleBarrier(bars, selection.events, params);
    const weights = averageUniqueness(labels.index, labels.end);
    const table = params.sideAsFeature
      ? addFeature(features, 'side', Float64Array.from(sides, Math.sign))
      : features;
    const samples = selectSamples(table, labels, metaLabels(labels, params.cost), weights);
    logger.info('labelled', {
      samples: samples.labels.length,
      unresolved: labels.unresolved,
      withoutSide: selection.withoutSide,
      withoutTarget: selection.withoutTarget,
    });
    return { labels, samples };
  }
}
