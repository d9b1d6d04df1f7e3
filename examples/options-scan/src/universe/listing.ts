import { z } from '../base/schema.ts';

/** Tickers become names of files and parts of URLs: nothing that leads elsewhere. */
export const Ticker = z
  .string()
  .regex(/^[A-Z0-9][A-Z0-9.-]{0,15}$/, 'must be a ticker, as AAPL or BRK.B');

/** One ticker of the universe, and whether its bars are real or were made by the generator. */
export const Listing = z
  .object({
    ticker: Ticker,
    /** An ETF or an index reports no earnings. */
    kind: z.enum(['stock', 'etf']),
    origin: z.enum(['real', 'generated']),
  })
  .readonly();
export type Listing = z.infer<typeof Listing>;
