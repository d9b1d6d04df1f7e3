import { PipelineStage, type StageScope, z } from '@millrace/core';
import { readBars } from '../bars/read-bars.ts';
import { BarsSchema, RawBarsSchema } from './schemas.ts';

/** Checks raw columns and makes {@link Bars} of them; see `readBars`. */
export class ReadBars extends PipelineStage.of({
  description: 'Checks raw market data and puts it into columns.',
  params: z.object({
    faulty: z.enum(['refuse', 'drop']).default('refuse'),
    duplicate: z.enum(['refuse', 'keep-first', 'keep-last']).default('refuse'),
    outOfOrder: z.enum(['refuse', 'sort']).default('refuse'),
    intervalMs: z
      .number()
      .positive()
      .exactOptional()
      .describe('Larger distances are counted as gaps.'),
  }),
  inputs: z.object({ rawBars: RawBarsSchema }),
  outputs: z.object({
    bars: BarsSchema,
    barReport: z.object({
      read: z.int(),
      kept: z.int(),
      faulty: z.record(z.string(), z.int()),
      duplicates: z.int(),
      outOfOrder: z.int(),
      gaps: z.int().optional(),
      withoutVolume: z.int(),
    }),
  }),
}) {
  run({ inputs, params }: StageScope<typeof ReadBars>) {
    const { bars, report } = readBars(inputs.rawBars, params);
    return { bars, barReport: report };
  }
}
