import { z } from '../base/schema.ts';

const scores = z.object({ macroF1: z.number(), accuracy: z.number() }).readonly();

/** How well three ways of reading do on sentences that the model never saw. */
export const Judgement = z
  .object({
    sentences: z.int(),
    voices: z.array(z.string()).readonly(),
    model: scores,
    lexicon: scores,
    /** Whoever always says neutral. */
    alwaysNeutral: scores,
    /** Macro-F1 of the model on each voice, trained on the others. */
    byVoice: z.record(z.string(), z.number()).readonly(),
  })
  .readonly();
export type Judgement = z.infer<typeof Judgement>;
