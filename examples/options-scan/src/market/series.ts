import { z } from '../base/schema.ts';
import { Listing } from '../universe/listing.ts';

/** What is handed on of a ticker's bars; the bars themselves stay in the cache, named by their hash. */
export const Series = Listing.unwrap()
  .extend({
    rows: z.int(),
    close: z.number(),
    /** Mean of the last 20 days, shares. */
    averageVolume: z.number(),
    /** Of the bars: whoever reads them again knows whether they are the same. */
    hash: z.string(),
  })
  .readonly();
export type Series = z.infer<typeof Series>;
