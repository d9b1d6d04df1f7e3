import { PipelineStage, type StageScope, z } from '@millrace/core';
import { checkRisk } from '../risk/check-risk.ts';
import { DEFAULT_LIMITS } from '../risk/risk-limits.ts';

const Wanted = z.object({
  id: z.string().min(1),
  held: z.number(),
  wanted: z.number(),
  gain: z.number().exactOptional(),
  group: z.string().exactOptional(),
  returns: z.array(z.number()).exactOptional(),
});

const limit = (value: number) => z.number().positive().default(value);

/** Cuts wanted positions down to the limits; see `checkRisk`. */
export class CheckPositions extends PipelineStage.of({
  description: 'Cuts wanted positions down to what the risk limits allow.',
  params: z.object({
    position: limit(DEFAULT_LIMITS.position),
    concentration: limit(DEFAULT_LIMITS.concentration),
    leverage: limit(DEFAULT_LIMITS.leverage),
    stopLoss: limit(DEFAULT_LIMITS.stopLoss),
    dailyLoss: limit(DEFAULT_LIMITS.dailyLoss),
    drawdown: limit(DEFAULT_LIMITS.drawdown),
    valueAtRisk: limit(DEFAULT_LIMITS.valueAtRisk),
  }),
  inputs: z.object({
    account: z.object({
      equity: z.number(),
      peakEquity: z.number(),
      dayStartEquity: z.number(),
    }),
    wantedPositions: z.array(Wanted),
  }),
  outputs: z.object({
    riskDecision: z.object({
      mode: z.enum(['trade', 'reduce-only', 'kill']),
      weights: z.record(z.string(), z.number()),
      breaches: z.array(
        z.object({
          limit: z.string(),
          id: z.string().exactOptional(),
          got: z.number(),
          allowed: z.number(),
        }),
      ),
    }),
  }),
}) {
  run({ inputs, params }: StageScope<typeof CheckPositions>) {
    const { mode, weights, breaches } = checkRisk(inputs.account, inputs.wantedPositions, params);
    return { riskDecision: { mode, weights: { ...weights }, breaches: [...breaches] } };
  }
}
