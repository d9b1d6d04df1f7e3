import { PipelineStage, type StageScope, z } from 'millrace';
import { count } from '../src/base/figures.ts';
import { ItemFailure } from '../src/base/item-failure.ts';
import { ScanError } from '../src/base/scan-error.ts';
import { filterSeries } from '../src/market/filter-series.ts';
import { Series } from '../src/market/series.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { describeResult } from './describe-result.ts';

export default class Filter extends PipelineStage.of({
  description: 'Leaves out tickers that are too cheap or too little traded.',
  params: z.object({
    minPrice: z.number().min(0).default(5),
    minVolume: z.number().min(0).default(500_000).describe('Shares a day, mean of 20.'),
  }),
  inputs: z.object({
    series: z.array(Series).readonly(),
    dataFailures: z.array(ItemFailure).readonly(),
  }),
  outputs: z.object({ eligible: z.array(Series).readonly() }),
}) {
  async run(scope: StageScope<typeof Filter>) {
    await rehearse(scope);
    const { series, dataFailures } = scope.inputs;
    const { eligible, tooCheap, tooThin } = filterSeries(series, scope.params);
    const left = `${tooCheap} too cheap, ${tooThin} too thin`;
    if (eligible.length === 0) {
      const example = dataFailures[0];
      const why = example === undefined ? '' : `; the first: ${example.message}`;
      const message = `no ticker is left: ${dataFailures.length} failed, ${left}${why}`;
      throw new ScanError('NOTHING_LEFT', message);
    }
    describeResult(scope, `${count(eligible.length)} of ${count(series.length)} tickers, ${left}`);
    return { eligible };
  }
}
