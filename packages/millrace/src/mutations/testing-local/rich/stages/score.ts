import { PipelineStage, type StageScope, z } from 'millrace';
import { prices } from './fetch.ts';

const score = z.object({ symbol: z.string(), value: z.number() });

export class Score extends PipelineStage.of({
  params: z.object({
    window: z.int().min(2).max(500),
    symbol: z.string().regex(/^[A-Z]{3,5}$/),
    weight: z.number().min(0).max(1).default(1),
  }),
  inputs: z.object({ bars: prices }),
  outputs: z.object({ score }),
}) {
  run({ inputs, params }: StageScope<typeof Score>) {
    const own = inputs.bars[params.symbol] ?? [];
    return { score: { symbol: params.symbol, value: own.length * params.weight } };
  }
}

export class Rank extends PipelineStage.of({
  params: z.object({ top: z.int().min(1).default(3), blend: z.boolean().default(false) }),
  inputs: z.object({ scores: z.array(score), count: z.int().optional() }),
  outputs: z.object({ ranking: z.array(score) }),
}) {
  run({ inputs, params }: StageScope<typeof Rank>) {
    return { ranking: inputs.scores.slice(0, params.top) };
  }
}

export class Steady extends PipelineStage.of({
  params: z.object({ value: z.number() }),
  outputs: z.object({ score }),
}) {
  run({ params }: StageScope<typeof Steady>) {
    return { score: { symbol: 'NONE', value: params.value } };
  }
}
