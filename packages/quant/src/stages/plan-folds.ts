import { PipelineStage, type StageScope, z } from '@millrace/core';
import { requireCount } from '../base/require.ts';
import { rollingRanges, walkForwardRanges } from '../validation/fold-ranges.ts';
import { FoldSchema, SamplesSchema } from './schemas.ts';

/** Folds of a walk-forward; see `walkForwardRanges` and `rollingRanges`. */
export class PlanFolds extends PipelineStage.of({
  description: 'Cuts the samples into folds that train on the past and test on what follows.',
  params: z.object({
    minSamples: z.int().min(2).default(100).describe('With fewer, nothing is trained.'),
    scheme: z
      .discriminatedUnion('kind', [
        z.object({
          kind: z.literal('walk-forward'),
          folds: z.int().min(1).default(5),
          window: z.int().min(1).exactOptional(),
        }),
        z.object({
          kind: z.literal('rolling'),
          train: z.int().min(1).default(252),
          test: z.int().min(1).default(63),
          step: z.int().min(1).default(21),
          embargo: z.int().min(0).default(5),
          maxFolds: z.int().min(1).default(20),
        }),
      ])
      .prefault({ kind: 'walk-forward' }),
  }),
  inputs: z.object({ samples: SamplesSchema }),
  outputs: z.object({ folds: z.array(FoldSchema) }),
}) {
  run({ inputs, params }: StageScope<typeof PlanFolds>) {
    const count = inputs.samples.labels.length;
    requireCount('samples to train on', count, params.minSamples);
    const { scheme } = params;
    const isRolling = scheme.kind === 'rolling';
    return { folds: isRolling ? rollingRanges(count, scheme) : walkForwardRanges(count, scheme) };
  }
}
