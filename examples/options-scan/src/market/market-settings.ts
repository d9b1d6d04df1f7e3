import { duration } from 'millrace';
import { z } from '../base/schema.ts';
import { HttpSourceSettings } from './http-source.ts';

/** Which source a config asks for. A new kind is one entry here and one in `openSource`. */
export const SourceSettings = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('files'),
    /** A folder with `TICKER.csv` files; relative to the example. */
    at: z.string(),
  }),
  HttpSourceSettings,
]);
export type SourceSettings = z.infer<typeof SourceSettings>;

const CacheParams = z.strictObject({
  /** Relative to the example. */
  folder: z.string(),
  freshFor: duration().prefault('18h'),
});

/** What stages that read bars are given: the same values for all of them. */
export const marketParams = {
  date: z.iso.date().describe('Nothing after it is seen.'),
  source: SourceSettings,
  cache: CacheParams,
  rows: z.int().min(5).default(500).describe('So many of the newest daily bars are read.'),
  maxAgeDays: z.int().min(0).default(7).describe('The newest bar may be so old.'),
};

export const MarketParams = z.object(marketParams);
export type MarketParams = z.infer<typeof MarketParams>;
