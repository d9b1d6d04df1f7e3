import { type ItemOf, MappedStage, type MappedStageScope, z } from '@millrace/core';
import { shareSamples } from '../models/share-samples.ts';
import { Trainer } from '../models/trainer.ts';
import type { Samples } from '../validation/samples.ts';
import { runFold } from '../validation/walk-forward.ts';
import { ModelParams } from './model-params.ts';
import { FoldSchema, OutcomeSchema, SamplesSchema } from './schemas.ts';

/**
 * Trains and tests fold by fold, on threads. Each fold has a checkpoint of its own, so that a resume does only those
 * that are missing.
 */
export class ValidateFolds extends MappedStage.of({
  description: 'Trains and tests each fold.',
  params: z.object({
    model: ModelParams.prefault({ kind: 'boosted-trees' }),
    embargo: z.int().min(0).default(0).describe('Bars left out after a test part.'),
    threads: z.int().min(1).exactOptional(),
  }),
  inputs: z.object({ samples: SamplesSchema, folds: z.array(FoldSchema) }),
  outputs: z.object({ outcomes: z.array(OutcomeSchema) }),
  map: { over: 'folds', into: 'outcomes', key: 'fold' },
}) {
  #trainer: Trainer | undefined;
  #samples: Samples | undefined;

  async runItem(
    fold: ItemOf<typeof ValidateFolds>,
    { inputs, params, signal }: MappedStageScope<typeof ValidateFolds>,
  ) {
    this.#samples ??= shareSamples(inputs.samples);
    this.#trainer ??= new Trainer(params);
    const trainer = this.#trainer;
    return runFold(
      this.#samples,
      fold,
      (samples, rows) => trainer.fit(samples, params.model, { rows, signal }),
      params,
    );
  }

  override async teardown() {
    await this.#trainer?.close();
  }
}
