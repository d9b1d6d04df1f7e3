import { z } from '../base/schema.ts';
import { Floats, Signs } from '../base/typed-arrays.ts';
import { Scores } from '../training/candidate-fit.ts';
import { Figures } from './figures.ts';
import { Check } from './thresholds.ts';

/** What was found on the part that was held back, and what follows from it. */
export const Evaluation = z
  .object({
    /** Only what is approved is promoted. */
    verdict: z.enum(['approved', 'rejected']),
    /** Why it is rejected; empty where it is approved. */
    reasons: z.array(z.string()).readonly(),
    checks: z.array(Check).readonly(),
    /** Name of the candidate that was judged. */
    candidate: z.string(),
    scores: Scores,
    /** What quant's report says of the predictions. */
    evidence: z.enum(['edge', 'no-edge', 'leak-suspected']),
    /** AUC of the same fit on shuffled labels; far from .5 the procedure itself leaks. */
    canaryAuc: z.number().nullable(),
    strategy: Figures,
    buyAndHold: Figures,
    noSkill: Figures,
    /** Share of the no-skill controls, the strategy counted among them, with as good a Sharpe ratio. */
    chance: z.number(),
    /** Share of days long, and trades. */
    exposure: z.object({ long: z.number(), short: z.number(), trades: z.int() }).readonly(),
    /** Times of the closes at which was predicted, and what each day then earned. */
    daily: z
      .object({
        time: Floats,
        position: Signs,
        strategy: Floats,
        buyAndHold: Floats,
        noSkill: Floats,
      })
      .readonly(),
  })
  .readonly();
export type Evaluation = z.infer<typeof Evaluation>;
