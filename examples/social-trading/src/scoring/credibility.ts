import type { AuthorTier } from '../message/post.ts';
import type { Direction } from '../sentiment/sentiment.ts';

const BY_TIER: Readonly<Record<AuthorTier, number>> = { 1: 1.2, 2: 1, 3: 0.8 };
const ENOUGH_OUTCOMES = 5;
/** An outcome is judged by the price so long after the message. */
export const OUTCOME_WINDOW_MS = 30 * 60_000;
/** In thousandths, since 1 % of a price is not exact. */
const MOVE_THOUSANDTHS = 10;

/** Of an author: how many of the signals came true. */
export interface TrackRecord {
  readonly right: number;
  readonly outcomes: number;
}

/** By accuracy, once there are five outcomes; before that by the tier of the author. */
export function credibility(tier: AuthorTier, { right, outcomes }: TrackRecord): number {
  if (outcomes < ENOUGH_OUTCOMES) return BY_TIER[tier];
  const percent = (100 * right) / outcomes;
  if (percent >= 75) return 1.3;
  if (percent >= 60) return 1.1;
  if (percent >= 50) return 1;
  return percent >= 40 ? 0.8 : 0.5;
}

/**
 * Whether a signal came true: the price moved by 1 % in its direction within the window, at any time of it. Null for a
 * neutral signal, and where no price is known.
 * @param prices closes within the window
 */
export function cameTrue(
  direction: Direction,
  entry: number,
  prices: ArrayLike<number>,
): boolean | null {
  if (direction === 'neutral' || prices.length === 0) return null;
  const side = direction === 'bullish' ? 1 : -1;
  return Array.from(prices).some(
    (price) => side * (price - entry) * 1000 >= MOVE_THOUSANDTHS * entry,
  );
}
