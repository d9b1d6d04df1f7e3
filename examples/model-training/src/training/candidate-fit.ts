import { ModelBody } from '@millrace/quant';
import { z } from '../base/schema.ts';

/** The losses after a tree: mean -ln(probability of what came). */
export const CurvePoint = z
  .object({ round: z.int(), loss: z.number(), validationLoss: z.number() })
  .readonly();
export type CurvePoint = z.infer<typeof CurvePoint>;

/** How probabilities did against what came; see `Scores` of `@millrace/quant`. */
export const Scores = z
  .object({
    count: z.int(),
    auc: z.number().nullable(),
    logLoss: z.number(),
    accuracy: z.number(),
    baseRate: z.number(),
  })
  .readonly();

/** A candidate after its training. */
export const CandidateFit = z
  .object({
    name: z.string(),
    body: ModelBody,
    /** One point for each tree, those after the best one included. Empty for a logistic model, which has no rounds. */
    curve: z.array(CurvePoint).readonly(),
    /** On the validation part. */
    validation: Scores,
  })
  .readonly();
export type CandidateFit = z.infer<typeof CandidateFit>;
