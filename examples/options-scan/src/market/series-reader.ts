import { dayOf } from '../base/calendar.ts';
import { inExample } from '../base/example-folder.ts';
import { BarCache, type CachedBars } from './bar-cache.ts';
import { BatchReader } from './batch-reader.ts';
import { type BarRules, checkBars } from './check-bars.ts';
import type { MarketDataSource } from './market-data-source.ts';
import type { MarketParams } from './market-settings.ts';
import { openSource } from './open-source.ts';

/** Checked bars by ticker: from the cache while that is fresh, else from the source. Only sound bars are cached. */
export class SeriesReader {
  readonly #source: MarketDataSource;
  readonly #cache: BarCache;
  readonly #batches: BatchReader;
  readonly #rules: BarRules;

  /** @param now milliseconds since 1970 UTC */
  constructor(params: MarketParams, signal: AbortSignal, now: () => number = Date.now) {
    const { source, cache, rows, maxAgeDays } = params;
    const asOf = dayOf(params.date);
    const folder = inExample(cache.folder);
    this.#source = openSource(source);
    this.#cache = new BarCache({ folder, asOf, rows, freshForMs: cache.freshFor, now });
    this.#batches = new BatchReader(this.#source, { asOf, rows, signal });
    this.#rules = { asOf, maxAgeDays };
  }

  /**
   * The bars of one ticker and what names them by their content.
   * @throws ScanError BARS_INVALID, BARS_MISSING, BARS_STALE, BARS_TOO_FEW, SOURCE_UNAVAILABLE
   */
  async read(ticker: string): Promise<CachedBars> {
    const stamp = await this.#source.stamp(ticker);
    const cached = await this.#cache.read(ticker, stamp);
    const bars = cached?.bars ?? (await this.#batches.read(ticker));
    // Of the cached ones too: they were checked by the rules of their time.
    checkBars(ticker, bars, this.#rules);
    return cached ?? { bars, hash: await this.#cache.write(ticker, bars, stamp) };
  }
}
