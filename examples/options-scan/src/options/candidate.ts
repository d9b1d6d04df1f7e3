import { z } from '../base/schema.ts';
import { Ticker } from '../universe/listing.ts';

/**
 * A ticker that is to get an option. Neither score nor rank: a ticker that only moved in the ranking keeps the
 * contract that it has.
 */
export const Candidate = z
  .object({
    ticker: Ticker,
    direction: z.enum(['bullish', 'bearish']),
    close: z.number(),
    volatility: z.number().nullable(),
  })
  .readonly();
export type Candidate = z.infer<typeof Candidate>;
