import { z } from '../base/schema.ts';
import { BreakerState, calmBreaker } from './breaker.ts';

const START_EQUITY_DOLLARS = 1_000_000;

const WeightsByName = z.record(z.string(), z.number());

/** What the pipeline holds from one run to the next. */
export const Book = z
  .object({
    /** ISO date of the run that wrote it; null for the book before the first run. */
    date: z.string().nullable(),
    /** ISO day of the prices at which `weights` were struck; null while nothing was held. */
    priced: z.string().nullable(),
    equityDollars: z.number().positive(),
    /** Highest equity so far; drawdown is measured from it. */
    highWaterDollars: z.number().positive(),
    /** Signed shares of equity by instrument. */
    weights: WeightsByName,
    /** Share of each strategy in a position, by instrument; each sums to 1. */
    attribution: z.record(z.string(), WeightsByName),
    /** What each strategy proposed last, by strategy and instrument. */
    strategyWeights: z.record(z.string(), WeightsByName),
    breaker: BreakerState,
  })
  .readonly();
export type Book = z.infer<typeof Book>;

/** The book before the first run: a million dollars in cash. */
export const emptyBook: Book = {
  date: null,
  priced: null,
  equityDollars: START_EQUITY_DOLLARS,
  highWaterDollars: START_EQUITY_DOLLARS,
  weights: {},
  attribution: {},
  strategyWeights: {},
  breaker: calmBreaker(START_EQUITY_DOLLARS),
};
