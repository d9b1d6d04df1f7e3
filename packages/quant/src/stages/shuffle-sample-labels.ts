import { PipelineStage, type StageScope, z } from '@millrace/core';
import { shuffleLabels } from '../validation/walk-forward.ts';
import { SamplesSchema } from './schemas.ts';

/** Samples of which nothing can be learned, to hold a walk-forward against; see `shuffleLabels`. */
export class ShuffleSampleLabels extends PipelineStage.of({
  description: 'The samples with their labels shuffled, as a canary for leaks.',
  params: z.object({ seed: z.int().default(1) }),
  inputs: z.object({ samples: SamplesSchema }),
  outputs: z.object({ shuffledSamples: SamplesSchema }),
}) {
  run({ inputs, params }: StageScope<typeof ShuffleSampleLabels>) {
    return { shuffledSamples: shuffleLabels(inputs.samples, params.seed) };
  }
}
