import { PipelineStage, type StageScope, z } from '@millrace/core';
import { ModelBody } from '../models/model-body.ts';
import { shareSamples } from '../models/share-samples.ts';
import { Trainer } from '../models/trainer.ts';
import { ModelParams } from './model-params.ts';
import { SamplesSchema } from './schemas.ts';

/** Fits a model to all samples, on a thread; see `fitModel`. */
export class FitModel extends PipelineStage.of({
  description: 'Fits a model to all samples.',
  params: z.object({ model: ModelParams.prefault({ kind: 'boosted-trees' }) }),
  inputs: z.object({ samples: SamplesSchema }),
  outputs: z.object({ model: ModelBody }),
}) {
  async run({ inputs, params, signal }: StageScope<typeof FitModel>) {
    await using trainer = new Trainer({ threads: 1 });
    const model = await trainer.fit(shareSamples(inputs.samples), params.model, { signal });
    return { model: model.body };
  }
}
