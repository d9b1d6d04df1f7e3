import { z } from '../base/schema.ts';

/** One listed option as the market shows it. */
export const Quote = z
  .object({
    side: z.enum(['call', 'put']),
    expiry: z.iso.date(),
    strike: z.number().positive(),
    bid: z.number().min(0),
    ask: z.number().min(0),
    openInterest: z.int().min(0),
    volume: z.int().min(0),
  })
  .readonly();
export type Quote = z.infer<typeof Quote>;

export const OptionChain = z.array(Quote).readonly();
export type OptionChain = z.infer<typeof OptionChain>;
