import { type ItemOf, MappedStage, type MappedStageScope, type SetupScope, z } from 'millrace';
import { BacktestRules } from '../src/backtest/backtest-rules.ts';
import { History, readHistory } from '../src/backtest/history.ts';
import { ItemFailure } from '../src/base/item-failure.ts';
import { marketParams } from '../src/market/market-settings.ts';
import { Series } from '../src/market/series.ts';
import { SeriesReader } from '../src/market/series-reader.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';

export default class BacktestHistory extends MappedStage.of({
  description: 'Measures the indicators of each ticker as they were on each date.',
  params: z.object({ ...marketParams, rules: BacktestRules.prefault({}) }),
  inputs: z.object({ series: z.array(Series).readonly(), dates: z.instanceof(Int32Array) }),
  outputs: z.object({
    histories: z.array(History).readonly(),
    historyFailures: z.array(ItemFailure).readonly(),
  }),
  map: {
    over: 'series',
    key: 'ticker',
    into: 'histories',
    failures: 'historyFailures',
    failureBudget: '100%',
  },
}) {
  #reader: SeriesReader | undefined;

  override setup({ params, signal }: SetupScope<typeof BacktestHistory>) {
    this.#reader = new SeriesReader(params, signal);
  }

  override async runItem(
    { ticker, kind, origin }: ItemOf<typeof BacktestHistory>,
    scope: MappedStageScope<typeof BacktestHistory>,
  ) {
    await rehearse(scope);
    const { inputs, params } = scope;
    const reader = this.#reader ?? new SeriesReader(params, scope.signal);
    const { bars } = await reader.read(ticker);
    const { lookback } = params.rules;
    return readHistory({ ticker, kind, origin }, bars, { dates: inputs.dates, lookback });
  }
}
