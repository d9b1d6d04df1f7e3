import { mean } from '../base/statistics.ts';
import type { Listing } from '../universe/listing.ts';
import type { CachedBars } from './bar-cache.ts';
import type { Series } from './series.ts';

const VOLUME_ROWS = 20;

export function summariseSeries(listing: Listing, { bars, hash }: CachedBars): Series {
  return {
    ...listing,
    rows: bars.days.length,
    close: bars.close.at(-1) ?? 0,
    averageVolume: mean(bars.volume.subarray(-VOLUME_ROWS)),
    hash,
  };
}
