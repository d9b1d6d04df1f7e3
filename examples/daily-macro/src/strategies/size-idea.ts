import { type Strength, strengthOf } from '../agents/signal.ts';
import type { Idea } from './strategy.ts';
import type { Proposal } from './strategy-report.ts';

/** What a strength counts in a size. */
export const strengthFactor: Readonly<Record<Strength, number>> = {
  strong: 1,
  moderate: 0.6,
  weak: 0.3,
  none: 0,
};

/**
 * weight = direction x strength factor x confidence x largest size (x the leg's share).
 * A neutral idea halves the weight that the strategy had before.
 */
export function sizeIdea(idea: Idea, maxSize: number, priorWeight: number): Proposal {
  const { instrument, direction, confidence, share = 1 } = idea;
  const strength = strengthOf(confidence);
  const size = strengthFactor[strength] * confidence * maxSize * share;
  const weight = direction === 0 ? priorWeight / 2 : direction * size;
  return { instrument, direction, confidence, strength, weight };
}
