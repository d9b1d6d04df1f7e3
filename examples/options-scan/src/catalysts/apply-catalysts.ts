import { type Day, isoOf } from '../base/calendar.ts';
import { byScore } from '../scoring/score-universe.ts';
import type { Breakdown, Factor, Scored } from '../scoring/scored.ts';
import type { EarningsCalendar } from './earnings-calendar.ts';
import type { Ranked } from './ranked.ts';

const CATALYST_WEIGHT = 0.25;
const DECAY_DAYS = 5;
const IV_CRUSH_DAYS = 7;

/**
 * How near the next report is: exp(-days / 5), 1 on its day.
 * @param days until it; undefined where it is not known
 */
export function proximity(days: number | undefined): number {
  return days === undefined || days < 0 ? 0 : Math.exp(-days / DECAY_DAYS);
}

/** Moves each score towards its catalyst, and sorts anew. Best first. */
export function applyCatalysts(
  scored: readonly Scored[],
  calendar: EarningsCalendar,
  asOf: Day,
): readonly Ranked[] {
  const ranked = scored.map((ticker): Ranked => {
    const date = calendar.nextReport(ticker, asOf);
    const days = date === undefined ? undefined : date - asOf;
    const near = proximity(days);
    return {
      ...ticker,
      technicalScore: ticker.score,
      score: withCatalyst(ticker.score, near),
      breakdown: joined(ticker.breakdown, near),
      earnings: date === undefined || days === undefined ? null : { date: isoOf(date), days },
      ivCrush: days !== undefined && days >= 0 && days <= IV_CRUSH_DAYS,
    };
  });
  return ranked.sort(byScore);
}

/** A far-off date counts as none does, so that it is never worse. */
export function withCatalyst(score: number, near: number): number {
  return (1 - CATALYST_WEIGHT) * score + CATALYST_WEIGHT * 100 * near;
}

function joined(breakdown: Breakdown, near: number): Breakdown {
  const faded = (factor: Factor): Factor => ({
    ...factor,
    weight: factor.weight * (1 - CATALYST_WEIGHT),
    contribution: factor.contribution * (1 - CATALYST_WEIGHT),
  });
  const { bollinger, atr, rsi, obv, sma, relativeVolume } = breakdown;
  return {
    bollinger: faded(bollinger),
    atr: faded(atr),
    rsi: faded(rsi),
    obv: faded(obv),
    sma: faded(sma),
    relativeVolume: faded(relativeVolume),
    catalyst: {
      raw: near,
      normalised: 100 * near,
      weight: CATALYST_WEIGHT,
      contribution: CATALYST_WEIGHT * 100 * near,
    },
  };
}
