import { PipelineStage, type StageScope, z } from 'millrace';
import { backtestDates } from '../src/backtest/backtest-dates.ts';
import { BacktestRules } from '../src/backtest/backtest-rules.ts';
import { isoOf } from '../src/base/calendar.ts';
import { ScanError } from '../src/base/scan-error.ts';
import { marketParams } from '../src/market/market-settings.ts';
import { Series } from '../src/market/series.ts';
import { SeriesReader } from '../src/market/series-reader.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { describeResult } from './describe-result.ts';

export default class BacktestDates extends PipelineStage.of({
  description:
    'Finds the days on which positions are chosen, from the ticker with the longest past.',
  params: z.object({ ...marketParams, rules: BacktestRules.prefault({}) }),
  inputs: z.object({ series: z.array(Series).readonly() }),
  outputs: z.object({ dates: z.instanceof(Int32Array) }),
}) {
  async run(scope: StageScope<typeof BacktestDates>) {
    await rehearse(scope);
    const { inputs, params, signal } = scope;
    const longest = inputs.series.reduce<Series | undefined>((best, one) => {
      return best === undefined || one.rows > best.rows ? one : best;
    }, undefined);
    if (longest === undefined) throw new ScanError('NOTHING_LEFT', 'no ticker is left to walk');
    const { bars } = await new SeriesReader(params, signal).read(longest.ticker);
    const dates = backtestDates(bars.days, params.rules);
    const [first, last] = [dates.at(0), dates.at(-1)];
    if (first === undefined || last === undefined) {
      const { lookback, hold } = params.rules;
      const needed = `${lookback + hold} for a lookback of ${lookback} and a hold of ${hold}`;
      throw new ScanError('PAST_TOO_SHORT', `there are ${longest.rows} days, expected ${needed}`);
    }
    describeResult(scope, `${dates.length} dates, ${isoOf(first)} to ${isoOf(last)}`);
    return { dates };
  }
}
