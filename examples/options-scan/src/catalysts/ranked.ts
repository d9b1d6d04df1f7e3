import { z } from '../base/schema.ts';
import { Scored } from '../scoring/scored.ts';

/** A scored ticker that has met its catalyst. */
export const Ranked = Scored.unwrap()
  .extend({
    /** Before the catalyst. */
    technicalScore: z.number(),
    earnings: z
      .object({ date: z.iso.date(), days: z.int().min(0) })
      .readonly()
      .nullable(),
    /** Implied volatility is about to collapse: the report is at most a week away. */
    ivCrush: z.boolean(),
  })
  .readonly();
export type Ranked = z.infer<typeof Ranked>;
