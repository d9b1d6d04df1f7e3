import { z } from '../base/schema.ts';
import { Listing } from '../universe/listing.ts';

/** What is measured of a ticker, in the order in which it is shown. */
export const INDICATORS = ['bollinger', 'atr', 'rsi', 'obv', 'sma', 'relativeVolume'] as const;
export type Indicator = (typeof INDICATORS)[number];

export const Direction = z.enum(['bullish', 'bearish', 'neutral']);
export type Direction = z.infer<typeof Direction>;

/** Null: there are too few rows for it, or it is not defined for these bars. */
const raw = z.number().nullable();

/** The indicators of one ticker; they depend on its own bars alone. */
export const Readings = Listing.unwrap()
  .extend({
    close: z.number(),
    raw: z
      .object({
        /** (upper - lower) / middle. */
        bollinger: raw,
        /** Percent of the close. */
        atr: raw,
        /** 0 to 100. */
        rsi: raw,
        /** Mean absolute OBVs a bar. */
        obv: raw,
        /** 0 to 100. */
        sma: raw,
        /** Last volume over its 20-day mean. */
        relativeVolume: raw,
      })
      .readonly(),
    direction: Direction,
    /** Of the last 60 daily log returns, a year; what modelled option chains are priced with. */
    volatility: raw,
  })
  .readonly();
export type Readings = z.infer<typeof Readings>;
export type RawReadings = Readings['raw'];
