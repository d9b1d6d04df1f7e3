import { BarsSchema } from '@millrace/quant';
import { PipelineStage, type StageScope, z } from 'millrace';
import { DATA_SETS, openDataSet } from '../src/market/data-set.ts';

export default class MarketData extends PipelineStage.of({
  description: 'Reads shipped minute bars, or generates bars with or without a planted edge.',
  params: z.object({
    data: z.enum(DATA_SETS),
    bars: z.int().min(0).default(0).describe('At most so many; 0 for all.'),
    seed: z.int().default(7).describe('Of the generator.'),
  }),
  outputs: z.object({ rawBars: BarsSchema }),
}) {
  async run({ params }: StageScope<typeof MarketData>) {
    const raw = await openDataSet(params);
    const column = (values: ArrayLike<number>) => Float64Array.from(values);
    return {
      rawBars: {
        time: column(raw.time),
        open: column(raw.open),
        high: column(raw.high),
        low: column(raw.low),
        close: column(raw.close),
        volume: column(raw.volume),
      },
    };
  }
}
