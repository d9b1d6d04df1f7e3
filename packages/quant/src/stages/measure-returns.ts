import { PipelineStage, type StageScope, z } from '@millrace/core';
import { measurePerformance } from '../statistics/performance.ts';
import { tailLoss } from '../statistics/tail-loss.ts';
import { Floats } from './schemas.ts';

const Figures = z.object({
  totalReturn: z.number(),
  annualReturn: z.number(),
  annualVolatility: z.number(),
  sharpe: z.number().nullable(),
  sortino: z.number().nullable(),
  maxDrawdown: z.number(),
  calmar: z.number().nullable(),
  winRate: z.number().nullable(),
  profitFactor: z.number().nullable(),
  valueAtRisk: z.number(),
  expectedShortfall: z.number(),
});

/** Figures of a series of returns; see `measurePerformance` and `tailLoss`. */
export class MeasureReturns extends PipelineStage.of({
  description: 'Sharpe, Sortino, drawdown and tail loss of a series of returns.',
  params: z.object({
    periodsPerYear: z.number().positive().default(252),
    riskFree: z.number().default(0.02).describe('A year, as a share.'),
    confidence: z.number().min(0.5).max(0.9999).default(0.95).describe('Of the value at risk.'),
  }),
  inputs: z.object({ returns: z.union([Floats, z.array(z.number())]) }),
  outputs: z.object({ performance: Figures }),
}) {
  run({ inputs, params }: StageScope<typeof MeasureReturns>) {
    const returns = Float64Array.from(inputs.returns);
    const figures = measurePerformance(returns, params);
    return { performance: { ...figures, ...tailLoss(returns, params.confidence) } };
  }
}
