import { BarsSchema } from '@millrace/quant';
import { PipelineStage, type StageScope, z } from 'millrace';
import { requireBars } from '../src/market/require-bars.ts';
import { trendSides } from '../src/primary/trend-sides.ts';

export default class PrimarySignal extends PipelineStage.of({
  description: 'Which side the primary strategy takes at each bar.',
  params: z.object({
    window: z.int().min(2).default(50),
    minBars: z.int().min(1).default(1000).describe('With fewer, nothing is trained.'),
  }),
  inputs: z.object({ bars: BarsSchema }),
  outputs: z.object({ sides: z.custom<Int8Array>() }),
}) {
  run({ inputs, params }: StageScope<typeof PrimarySignal>) {
    const { close } = inputs.bars;
    requireBars(close.length, params.minBars);
    return { sides: trendSides(close, params.window) };
  }
}
