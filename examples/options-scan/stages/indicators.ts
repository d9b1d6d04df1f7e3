import { type ItemOf, MappedStage, type MappedStageScope, type SetupScope, z } from 'millrace';
import { ItemFailure } from '../src/base/item-failure.ts';
import { ScanError } from '../src/base/scan-error.ts';
import { readIndicators } from '../src/indicators/read-indicators.ts';
import { Readings } from '../src/indicators/readings.ts';
import { marketParams } from '../src/market/market-settings.ts';
import { Series } from '../src/market/series.ts';
import { SeriesReader } from '../src/market/series-reader.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';

export default class Indicators extends MappedStage.of({
  description: 'Measures six indicators, the direction and the volatility of each ticker.',
  params: z.object(marketParams),
  inputs: z.object({ eligible: z.array(Series).readonly() }),
  outputs: z.object({
    readings: z.array(Readings).readonly(),
    indicatorFailures: z.array(ItemFailure).readonly(),
  }),
  map: {
    over: 'eligible',
    key: 'ticker',
    into: 'readings',
    failures: 'indicatorFailures',
    concurrency: 16,
    failureBudget: '100%',
  },
}) {
  #reader: SeriesReader | undefined;

  override setup({ params, signal }: SetupScope<typeof Indicators>) {
    this.#reader = new SeriesReader(params, signal);
  }

  override async runItem(
    series: ItemOf<typeof Indicators>,
    scope: MappedStageScope<typeof Indicators>,
  ) {
    await rehearse(scope);
    const { ticker, kind, origin, close, hash } = series;
    const reader = this.#reader ?? new SeriesReader(scope.params, scope.signal);
    const { bars, hash: found } = await reader.read(ticker);
    if (found !== hash) {
      const advice = 'resume with --from data to take the new ones';
      throw new ScanError('BARS_CHANGED', `the bars of ${ticker} changed since data: ${advice}`);
    }
    return { ticker, kind, origin, close, ...readIndicators(bars) };
  }
}
