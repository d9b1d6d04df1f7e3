import { z } from '../base/schema.ts';

const Level = z.union([z.literal(1), z.literal(2), z.literal(3)]);
export type BreakerLevel = z.infer<typeof Level>;

/**
 * The circuit breaker on drawdown.
 *
 *            falls to a level                5 days
 *   calm ------------------------> cooling --------------> recovering
 *    ^                              ^    |                   |     |
 *    |                              +----+ falls to a higher |     |
 *    |                              ^      level             |     |
 *    |                              +------------------------+     |
 *    +-------------------------------------------------------------+
 *                 3 days in a row without a loss
 *
 * `peakDollars` is the equity from which its own drawdown is measured; it starts again when calm returns, since a
 * book cut to nothing could never climb back to the old high.
 */
export const BreakerState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('calm'), peakDollars: z.number() }).readonly(),
  z
    .object({
      state: z.literal('cooling'),
      level: Level,
      daysLeft: z.int().positive(),
      peakDollars: z.number(),
    })
    .readonly(),
  z
    .object({
      state: z.literal('recovering'),
      level: Level,
      goodDays: z.int().min(0),
      peakDollars: z.number(),
    })
    .readonly(),
]);
export type BreakerState = z.infer<typeof BreakerState>;

const COOL_DOWN_DAYS = 5;
const RECOVERY_DAYS = 3;

/** Drawdown at which a level is reached, and the part of every position that it takes off. */
const breakerLevels: Readonly<Record<BreakerLevel, { from: number; cut: number }>> = {
  1: { from: 0.03, cut: 0.25 },
  2: { from: 0.05, cut: 0.5 },
  3: { from: 0.08, cut: 1 },
};

export function calmBreaker(peakDollars: number): BreakerState {
  return { state: 'calm', peakDollars };
}

/** The highest level that a drawdown reaches, or undefined. */
export function levelOf(drawdown: number): BreakerLevel | undefined {
  const levels: readonly BreakerLevel[] = [3, 2, 1];
  return levels.find((level) => drawdown >= breakerLevels[level].from);
}

export function cutOf(breaker: BreakerState): number {
  return breaker.state === 'calm' ? 0 : breakerLevels[breaker.level].cut;
}

export interface BreakerDay {
  readonly equityDollars: number;
  /** Equity gained since the last step, in dollars. */
  readonly gainDollars: number;
  /** Trading days since the last step; 0 leaves the state as it is. */
  readonly days: number;
}

/** The state after `days` trading days that ended at `equityDollars`. A fall goes straight to the level reached. */
export function stepBreaker(breaker: BreakerState, day: BreakerDay): BreakerState {
  if (day.days === 0) return breaker;
  const peakDollars = Math.max(breaker.peakDollars, day.equityDollars);
  const reached = levelOf(1 - day.equityDollars / peakDollars);
  const current = breaker.state === 'calm' ? 0 : breaker.level;
  if (reached !== undefined && reached > current) {
    return { state: 'cooling', level: reached, daysLeft: COOL_DOWN_DAYS, peakDollars };
  }
  switch (breaker.state) {
    case 'calm':
      return { state: 'calm', peakDollars };
    case 'cooling': {
      const daysLeft = breaker.daysLeft - day.days;
      if (daysLeft > 0) return { ...breaker, daysLeft, peakDollars };
      return { state: 'recovering', level: breaker.level, goodDays: 0, peakDollars };
    }
    case 'recovering': {
      const goodDays = day.gainDollars < 0 ? 0 : breaker.goodDays + day.days;
      if (goodDays >= RECOVERY_DAYS) return calmBreaker(day.equityDollars);
      return { ...breaker, goodDays, peakDollars };
    }
    default:
      return breaker satisfies never;
  }
}
