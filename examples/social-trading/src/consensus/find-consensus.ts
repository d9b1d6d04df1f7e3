import { z } from '../base/schema.ts';
import { DIRECTIONS, type Direction, type Sentiment } from '../sentiment/sentiment.ts';

export const ConsensusRules = z
  .strictObject({
    /** Share of the messages that must agree. */
    minShare: z.number().gt(0.5).max(1).default(0.6),
  })
  .readonly();
export type ConsensusRules = z.infer<typeof ConsensusRules>;

export interface Consensus {
  /** Of the majority. */
  readonly direction: Direction;
  /** Majority over all, 0 to 1. */
  readonly share: number;
  /** Mean of all, with which the batch acts. */
  readonly confidence: number;
  /** Mean sentiment of the majority. */
  readonly sentiment: number;
  readonly acts: boolean;
}

/**
 * What a batch of messages of one ticker says. Of sides that are equally large the first of bearish, neutral and bullish is
 * named; it has half at most and does not act. No messages are neutral, and do not act.
 */
export function findConsensus(batch: readonly Sentiment[], rules: ConsensusRules): Consensus {
  const sides = DIRECTIONS.map((side) => batch.filter(({ direction }) => direction === side));
  const majority = sides.reduce((best, one) => (one.length > best.length ? one : best), []);
  const share = batch.length === 0 ? 0 : majority.length / batch.length;
  return {
    direction: majority[0]?.direction ?? 'neutral',
    share,
    confidence: meanOf(batch, (one) => one.confidence),
    sentiment: majority.length === 0 ? 0.5 : meanOf(majority, (one) => one.sentiment),
    acts: share >= rules.minShare,
  };
}

function meanOf(batch: readonly Sentiment[], of: (one: Sentiment) => number): number {
  return batch.length === 0 ? 0 : batch.reduce((sum, one) => sum + of(one), 0) / batch.length;
}
