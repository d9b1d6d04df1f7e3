import { z } from '../base/schema.ts';
import { Ticker } from '../universe/listing.ts';
import { Quote } from './option-chain.ts';

/** The chosen option with what it costs and how it reacts. */
export const Contract = Quote.unwrap()
  .extend({
    /** Calendar days to expiry. */
    daysToExpiry: z.int(),
    mid: z.number(),
    impliedVolatility: z.number(),
    delta: z.number(),
    gamma: z.number(),
    /** A calendar day. */
    theta: z.number(),
    /** A point of volatility. */
    vega: z.number(),
  })
  .readonly();
export type Contract = z.infer<typeof Contract>;

/** What the scan says of the options of one candidate. */
export const Recommendation = z
  .object({
    ticker: Ticker,
    /** Where the chain came from; `modelled` is no market. */
    chain: z.string(),
    contract: Contract.nullable(),
    /** Why there is no contract. */
    reason: z.string().nullable(),
  })
  .readonly();
export type Recommendation = z.infer<typeof Recommendation>;
