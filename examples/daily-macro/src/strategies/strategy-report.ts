import { Direction, Strength } from '../agents/signal.ts';
import { z } from '../base/schema.ts';

/** A sized idea. `weight` is a signed share of equity. */
export const Proposal = z
  .object({
    instrument: z.string(),
    direction: Direction,
    confidence: z.number().min(0).max(1),
    strength: Strength,
    weight: z.number(),
  })
  .readonly();
export type Proposal = z.infer<typeof Proposal>;

export const StrategyReport = z.discriminatedUnion('status', [
  z
    .object({
      status: z.literal('proposed'),
      strategy: z.string(),
      proposals: z.array(Proposal).readonly(),
      /** Instruments left out because their price is stale. */
      unpriced: z.array(z.string()).readonly(),
    })
    .readonly(),
  z.object({ status: z.literal('skipped'), strategy: z.string(), reason: z.string() }).readonly(),
]);
export type StrategyReport = z.infer<typeof StrategyReport>;

/** What all strategies said, after the leverage cap. */
export const StrategyRound = z
  .object({
    reports: z.array(StrategyReport).readonly(),
    /** Sum of absolute weights before the cap. */
    grossProposed: z.number().min(0),
    /** 1, or below it when the cap scaled every weight. */
    scale: z.number().min(0).max(1),
  })
  .readonly();
export type StrategyRound = z.infer<typeof StrategyRound>;

export function proposalsOf(report: StrategyReport): readonly Proposal[] {
  return report.status === 'proposed' ? report.proposals : [];
}
