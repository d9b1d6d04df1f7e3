import { z } from '../base/schema.ts';
import { BreakerState } from '../book/breaker.ts';
import { LimitUse, RiskLevel } from './limits.ts';
import { StressResult } from './stress.ts';
import { TailLoss } from './tail-loss.ts';

export const RiskReport = z
  .object({
    level: RiskLevel,
    breaker: BreakerState,
    /** Part of every position that the breaker takes off. */
    cut: z.number().min(0).max(1),
    /** What is held in the end: the portfolio's weights less the cut. */
    weights: z.record(z.string(), z.number()),
    leverage: z.number().min(0),
    /** Expected annual deviation as a share of equity. */
    volatility: z.number().min(0),
    /** Over one trading day. The first carries the label parametric when history is too short. */
    historical: TailLoss,
    parametric: TailLoss,
    monteCarlo: TailLoss,
    seed: z.int(),
    stress: z.array(StressResult).readonly(),
    limits: z.array(LimitUse).readonly(),
    drawdown: z.number().min(0),
    alerts: z.array(z.string()).readonly(),
  })
  .readonly();
export type RiskReport = z.infer<typeof RiskReport>;
