import { PipelineStage, type StageScope, z } from '@millrace/core';
import { reportWalkForward } from '../validation/walk-forward-report.ts';
import { OutcomeSchema, SamplesSchema } from './schemas.ts';

const Scores = z.object({
  count: z.int(),
  auc: z.number().nullable(),
  logLoss: z.number(),
  accuracy: z.number(),
  baseRate: z.number(),
});

const LeakSign = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('auc-too-high'), auc: z.number(), limit: z.number() }),
  z.object({
    kind: z.literal('feature-too-good'),
    feature: z.object({ name: z.string(), auc: z.number() }),
    limit: z.number(),
  }),
  z.object({ kind: z.literal('shuffled-labels-learned'), auc: z.number() }),
]);

/** What a walk-forward says of a model, for stages that decide by it. */
export const JudgementSchema = z.object({
  verdict: z.enum(['edge', 'no-edge', 'leak-suspected']),
  leakSigns: z.array(LeakSign),
  pooled: Scores,
  effectiveCount: z.number(),
  folds: z.array(OutcomeSchema.unwrap().omit({ probabilities: true })),
  canaryAuc: z.number().nullable().exactOptional(),
});

/** Sums up the folds; see `reportWalkForward`. */
export class JudgeModel extends PipelineStage.of({
  description: 'Says of a walk-forward whether it shows an edge, none, or a leak.',
  params: z.object({
    leakAuc: z.number().min(0.5).max(1).default(0.6).describe('Above it a leak is suspected.'),
    chance: z
      .number()
      .min(0)
      .max(0.5)
      .default(0.03)
      .describe('Distance from .5 that means nothing.'),
  }),
  inputs: z.object({
    samples: SamplesSchema,
    outcomes: z.array(OutcomeSchema),
    canaryOutcomes: z.array(OutcomeSchema).exactOptional(),
  }),
  outputs: z.object({ judgement: JudgementSchema }),
}) {
  run({ inputs, params, logger }: StageScope<typeof JudgeModel>) {
    const { samples, outcomes, canaryOutcomes: canary } = inputs;
    const report = reportWalkForward(samples, outcomes, {
      ...params,
      ...(canary === undefined ? {} : { canary }),
    });
    const { verdict, leakSigns, pooled, folds } = report;
    logger.info('judged', { verdict, auc: pooled.auc, baseRate: pooled.baseRate });
    return {
      judgement: { ...report, leakSigns: [...leakSigns], folds: [...folds] },
    };
  }
}
