import { measurePerformance, tailLoss } from '@millrace/quant';
import { z } from '../base/schema.ts';

export const FigureSettings = z
  .object({
    periodsPerYear: z.number().positive().default(252),
    riskFree: z.number().default(0.02).describe('A year, as a share.'),
    confidence: z.number().min(0.5).max(0.9999).default(0.95).describe('Of the value at risk.'),
  })
  .readonly();
export type FigureSettings = z.infer<typeof FigureSettings>;

/** Figures of daily returns, shares; null where a formula divides by 0. See `measurePerformance` of `@millrace/quant`. */
export const Figures = z
  .object({
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
    /** Conditional value at risk. */
    expectedShortfall: z.number(),
  })
  .readonly();
export type Figures = z.infer<typeof Figures>;

export function figuresOf(returns: Float64Array, settings: FigureSettings): Figures {
  return { ...measurePerformance(returns, settings), ...tailLoss(returns, settings.confidence) };
}
