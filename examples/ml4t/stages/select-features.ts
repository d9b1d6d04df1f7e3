import { FeatureTableSchema, PRICE_FEATURES } from '@millrace/quant';
import { PipelineStage, type StageScope, z } from 'millrace';
import { selectFeatures } from '../src/primary/select-features.ts';

export default class SelectFeatures extends PipelineStage.of({
  description: 'The features that the model sees, in the order in which it sees them.',
  params: z.object({ names: z.array(z.enum(PRICE_FEATURES)).min(1) }),
  inputs: z.object({ allFeatures: FeatureTableSchema }),
  outputs: z.object({ features: FeatureTableSchema }),
}) {
  run({ inputs, params }: StageScope<typeof SelectFeatures>) {
    return { features: selectFeatures(inputs.allFeatures, params.names) };
  }
}
