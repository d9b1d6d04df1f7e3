import { z } from '../base/schema.ts';
import type { Sentiment } from '../sentiment/sentiment.ts';
import type { Verdict } from '../technical/validate-signal.ts';
import { confluenceBonus } from './confluence.ts';
import { technicalScore } from './technical-score.ts';
import { Tier, tierOf } from './tier.ts';

export interface ScoreInputs {
  readonly sentiment: Pick<Sentiment, 'direction' | 'sentiment'>;
  readonly verdict: Verdict;
  /** Of the options, .8 to 1.3. */
  readonly modifier: number;
  readonly adx: number | null;
  /** Where today's volatility lies among the days before, 0 to 100. */
  readonly volatilityPercentile: number | null;
  readonly credibility: number;
  readonly time: number;
  /** Signals of the same ticker and side within 15 minutes, this one counted. */
  readonly signals: number;
}

export const Score = z
  .object({
    /** 0 to 100. */
    score: z.number(),
    tier: Tier,
    conviction: z.number(),
    technical: z.number(),
    weights: z.object({ sentiment: z.number(), technical: z.number() }).readonly(),
    credibility: z.number(),
    time: z.number(),
    confluence: z.number(),
    modifier: z.number(),
  })
  .readonly();
export type Score = z.infer<typeof Score>;

/** (sentiment x ws + technical x wt) x credibility x time x (1 + confluence), 0 to 100. */
export function scoreSignal(inputs: ScoreInputs): Score {
  const { verdict, modifier, credibility, time } = inputs;
  const conviction = convictionOf(inputs.sentiment);
  const technical = technicalScore(verdict, modifier);
  const weights = weightsOf(inputs);
  const confluence = confluenceBonus(inputs.signals);
  const raw = conviction * weights.sentiment + technical * weights.technical;
  const score = Math.min(100, Math.max(0, raw * credibility * time * (1 + confluence)));
  const factors = { conviction, technical, weights, credibility, time, confluence, modifier };
  return { score, tier: tierOf(score), ...factors };
}

/** How sure the author is, whatever the side, 0 to 100. A neutral text has none to speak of, and stands in the middle. */
export function convictionOf({ direction, sentiment }: ScoreInputs['sentiment']): number {
  if (direction === 'neutral') return 50;
  return direction === 'bullish' ? 100 * sentiment : 100 * (1 - sentiment);
}

/** A wild market is judged by its figures first, whatever its trend; then the stronger the trend, the more they count. */
function weightsOf({ adx, volatilityPercentile }: ScoreInputs): Score['weights'] {
  if (volatilityPercentile !== null && volatilityPercentile > 80)
    return { sentiment: 0.35, technical: 0.65 };
  if (adx !== null && adx > 30) return { sentiment: 0.4, technical: 0.6 };
  if (adx !== null && adx < 20) return { sentiment: 0.6, technical: 0.4 };
  return { sentiment: 0.5, technical: 0.5 };
}
