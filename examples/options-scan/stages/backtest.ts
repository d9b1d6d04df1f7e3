import { PipelineStage, type StageScope, z } from 'millrace';
import { BacktestRules } from '../src/backtest/backtest-rules.ts';
import { choosePositions } from '../src/backtest/choose-positions.ts';
import { History } from '../src/backtest/history.ts';
import { BacktestResult, summariseTrades } from '../src/backtest/summarise-trades.ts';
import { makeTrade, type Trade } from '../src/backtest/trade.ts';
import { marketParams } from '../src/market/market-settings.ts';
import { SeriesReader } from '../src/market/series-reader.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { describeResult } from './describe-result.ts';

export default class Backtest extends PipelineStage.of({
  description: 'Chooses positions on each date, follows them, and sums up.',
  params: z.object({
    ...marketParams,
    rules: BacktestRules.prefault({}),
    minPrice: z.number().min(0).default(5),
    minVolume: z.number().min(0).default(500_000),
  }),
  inputs: z.object({ histories: z.array(History).readonly(), dates: z.instanceof(Int32Array) }),
  outputs: z.object({ backtest: BacktestResult }),
}) {
  async run(scope: StageScope<typeof Backtest>) {
    await rehearse(scope);
    const { inputs, params, signal, progress } = scope;
    const { minPrice, minVolume, rules } = params;
    const { dates, histories } = inputs;
    const reader = new SeriesReader(params, signal);
    const trades: Trade[] = [];
    for (const [place, date] of dates.entries()) {
      const choice = { place, date, top: rules.top, minPrice, minVolume };
      for (const position of choosePositions(histories, choice)) {
        const { bars } = await reader.read(position.ticker);
        const trade = makeTrade(position, bars, rules.hold);
        if (trade !== undefined) trades.push(trade);
      }
      progress({ done: place + 1, total: dates.length + 1, message: `${place + 1} dates` });
    }
    const { threshold } = rules;
    const backtest = summariseTrades(trades, { dates: dates.length, threshold });
    describeResult(scope, `${trades.length} trades`);
    return { backtest };
  }
}
