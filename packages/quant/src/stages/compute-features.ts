import { PipelineStage, type StageScope, z } from '@millrace/core';
import { priceFeatures } from '../features/price-features.ts';
import { BarsSchema, FeatureTableSchema } from './schemas.ts';

/** Features of every bar; see `priceFeatures`. */
export class ComputeFeatures extends PipelineStage.of({
  description: 'Features of every bar, from it and those before it.',
  params: z.object({
    window: z.int().min(2).default(20),
    atrWindow: z.int().min(1).default(14),
    slowWindow: z.int().min(2).exactOptional(),
  }),
  inputs: z.object({ bars: BarsSchema }),
  outputs: z.object({ features: FeatureTableSchema }),
}) {
  run({ inputs, params }: StageScope<typeof ComputeFeatures>) {
    return { features: priceFeatures(inputs.bars, params) };
  }
}
