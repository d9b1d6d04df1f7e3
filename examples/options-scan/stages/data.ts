import { type ItemOf, MappedStage, type MappedStageScope, type SetupScope, z } from 'millrace';
import { inExample } from '../src/base/example-folder.ts';
import { ItemFailure } from '../src/base/item-failure.ts';
import { marketParams } from '../src/market/market-settings.ts';
import { pruneCache } from '../src/market/prune-cache.ts';
import { Series } from '../src/market/series.ts';
import { SeriesReader } from '../src/market/series-reader.ts';
import { summariseSeries } from '../src/market/summarise-series.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { Listing } from '../src/universe/listing.ts';

export default class Data extends MappedStage.of({
  description: 'Reads and checks the daily bars of each ticker; they stay in the cache.',
  params: z.object(marketParams),
  inputs: z.object({ universe: z.array(Listing).readonly() }),
  outputs: z.object({
    series: z.array(Series).readonly(),
    dataFailures: z.array(ItemFailure).readonly(),
  }),
  map: {
    over: 'universe',
    key: 'ticker',
    into: 'series',
    failures: 'dataFailures',
    // As many as one request of a source takes.
    concurrency: 50,
    failureBudget: '100%',
    // After 1, 2 and 4 seconds. A ticker that is wrong is wrong again.
    retry: {
      attempts: 4,
      delay: '1s',
      backoff: 'exponential',
      jitter: false,
      on: ['SOURCE_UNAVAILABLE'],
    },
  },
}) {
  #reader: SeriesReader | undefined;

  override setup({ params, signal }: SetupScope<typeof Data>) {
    const { folder, freshFor } = params.cache;
    pruneCache(inExample(folder), { now: Date.now(), freshForMs: freshFor });
    this.#reader = new SeriesReader(params, signal);
  }

  override async runItem(listing: ItemOf<typeof Data>, scope: MappedStageScope<typeof Data>) {
    await rehearse(scope);
    const reader = this.#reader ?? new SeriesReader(scope.params, scope.signal);
    return summariseSeries(listing, await reader.read(listing.ticker));
  }
}
