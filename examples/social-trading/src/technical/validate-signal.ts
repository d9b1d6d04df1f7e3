import { z } from '../base/schema.ts';
import type { Direction } from '../sentiment/sentiment.ts';
import { Readings } from './readings.ts';

export const ValidationRules = z
  .strictObject({
    /** False: what would be a veto is a warning. */
    vetoMode: z.boolean().default(true),
    /** Below it nothing is thought to have a trend. */
    minAdx: z.number().default(20),
    maxRsi: z.number().default(70),
    minRsi: z.number().default(30),
  })
  .readonly();
export type ValidationRules = z.infer<typeof ValidationRules>;

/** SKIPPED: neutral, nothing to validate. UNVALIDATED: the stage failed, and its fallback stands in. */
export const Verdict = z.enum(['PASS', 'WARN', 'VETO', 'SKIPPED', 'UNVALIDATED']);
export type Verdict = z.infer<typeof Verdict>;

export const Validation = z
  .object({
    verdict: Verdict,
    /** Each rule that speaks against it. */
    reasons: z.array(z.string()).readonly(),
    readings: Readings.nullable(),
  })
  .readonly();
export type Validation = z.infer<typeof Validation>;

/** Holds a signal against its indicators. What is unknown vetoes nothing. */
export function validateSignal(
  direction: Direction,
  readings: Readings,
  rules: ValidationRules,
): Validation {
  if (direction === 'neutral') return { verdict: 'SKIPPED', reasons: [], readings };
  const reasons = reasonsAgainst(direction, readings, rules);
  const against = rules.vetoMode ? 'VETO' : 'WARN';
  return { verdict: reasons.length === 0 ? 'PASS' : against, reasons, readings };
}

function reasonsAgainst(
  direction: 'bullish' | 'bearish',
  { adx, rsi, histogram, trend, divergence }: Readings,
  { minAdx, maxRsi, minRsi }: ValidationRules,
): string[] {
  const isBullish = direction === 'bullish';
  const reasons: string[] = [];
  if (adx !== null && adx < minAdx) reasons.push(`ADX ${adx.toFixed(1)} is below ${minAdx}`);
  if (isBullish && rsi !== null && rsi > maxRsi)
    reasons.push(`RSI ${rsi.toFixed(1)} is above ${maxRsi}`);
  if (!isBullish && rsi !== null && rsi < minRsi)
    reasons.push(`RSI ${rsi.toFixed(1)} is below ${minRsi}`);
  if (divergence === (isBullish ? 'bearish' : 'bullish'))
    reasons.push(`${divergence} divergence of price and MACD`);
  if (histogram === null) return reasons;
  if (isBullish && trend === 'falling' && histogram < 0)
    reasons.push('MACD histogram is negative and falls');
  if (!isBullish && trend === 'rising' && histogram > 0)
    reasons.push('MACD histogram is positive and rises');
  return reasons;
}
