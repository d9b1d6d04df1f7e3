import { PipelineStage, type StageScope, z } from 'millrace';
import { prices } from './fetch.ts';

/** Looks for gaps and fills them. */
export class Inspect extends PipelineStage.of({
  inputs: z.object({ raw: prices }),
  outputs: z.object({ gaps: z.array(z.string()) }),
}) {
  run() {
    return { gaps: [] };
  }
}

export default class Clean extends PipelineStage.of({
  params: z.strictObject({ window: z.int().min(2).max(500), fill: z.enum(['last', 'zero']) }),
  inputs: z.object({ raw: prices, gaps: z.array(z.string()) }),
  outputs: z.object({ bars: prices }),
}) {
  run({ inputs }: StageScope<typeof Clean>) {
    return { bars: inputs.raw };
  }
}
