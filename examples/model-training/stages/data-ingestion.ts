import { BarsSchema, fingerprint } from '@millrace/quant';
import { PipelineStage, type StageScope, z } from 'millrace';
import { BarPolicy } from '../src/market/bar-policy.ts';
import { checkBars, Quality } from '../src/market/check-bars.ts';
import { dataSet } from '../src/market/data-set.ts';
import { DataSource } from '../src/market/data-source.ts';
import { openData } from '../src/market/open-data.ts';
import { Split, SplitShares, splitDays } from '../src/market/split-days.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { ingestionDetail } from '../src/report/stage-detail.ts';
import { describeResult } from './describe-result.ts';

export default class DataIngestion extends PipelineStage.of({
  description: 'Reads daily bars, stops at faulty ones, and splits the days.',
  params: z.object({
    data: z.string().min(1).describe('sp500, aapl, ge, edge, no-edge or the path of a CSV file.'),
    policy: BarPolicy.prefault({}),
    split: SplitShares.prefault({}),
    seed: z.int().default(7).describe('Of generated bars.'),
    generatedBars: z.int().min(300).max(1_000_000).default(20_000),
  }),
  outputs: z.object({ bars: BarsSchema, quality: Quality, split: Split, source: DataSource }),
  files: ({ data }: { readonly data: string }) => {
    const set = dataSet(data);
    return set.kind === 'file' ? [set.path] : [];
  },
}) {
  async run(scope: StageScope<typeof DataIngestion>) {
    await rehearse(scope);
    const { params } = scope;
    const set = dataSet(params.data);
    const parsed = openData(set, { seed: params.seed, count: params.generatedBars });
    const { bars, quality } = checkBars(parsed, params.policy, set.name);
    const split = splitDays(bars, params.split);
    const source = {
      name: set.name,
      title: set.title,
      isGenerated: set.kind === 'generated',
      fingerprint: fingerprint({ ...bars }),
    };
    describeResult(scope, ingestionDetail(quality, split));
    return { bars, quality, split, source };
  }
}
