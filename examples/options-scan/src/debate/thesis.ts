import { z } from '../base/schema.ts';
import { Direction } from '../indicators/readings.ts';
import { Ticker } from '../universe/listing.ts';

const said = z.string().trim().min(1).max(4000);

/** What the last voice of a debate has to answer, as JSON. */
export const Thesis = z
  .object({
    direction: Direction,
    /** 1 to 10. */
    conviction: z.int().min(1).max(10),
    entryRationale: said,
    riskFactors: z.array(said).max(20).readonly(),
    action: said,
  })
  .readonly();
export type Thesis = z.infer<typeof Thesis>;

/** A debate that came to its end. */
export const Debated = z
  .object({ ticker: Ticker, model: z.string(), bull: said, bear: said, thesis: Thesis })
  .readonly();
export type Debated = z.infer<typeof Debated>;

/** What stands in the tables for a finalist, debated or not. */
export const FinalThesis = z
  .object({
    ticker: Ticker,
    model: z.string(),
    thesis: Thesis,
    bull: said.nullable(),
    bear: said.nullable(),
    /** Why it is the fallback; null for one that was debated. */
    cause: z.string().nullable(),
  })
  .readonly();
export type FinalThesis = z.infer<typeof FinalThesis>;

/** For a ticker whose debate failed or never began. */
export const FALLBACK_THESIS: Thesis = {
  direction: 'neutral',
  conviction: 3,
  entryRationale: 'There was no debate.',
  riskFactors: [],
  action: 'No trade',
};
