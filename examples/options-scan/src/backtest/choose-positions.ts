import type { LiquidityRules } from '../market/filter-series.ts';
import { scoreUniverse } from '../scoring/score-universe.ts';
import { type History, readingsOn } from './history.ts';

/** A bet that a ticker goes one way. */
export interface Position {
  readonly ticker: string;
  /** 1: up, -1: down. */
  readonly side: 1 | -1;
  /** The day of its score, days since 1970. */
  readonly chosenOn: number;
}

/** The best tickers with a direction on one date, scored against those that were eligible on that date. */
export function choosePositions(
  histories: readonly History[],
  {
    place,
    date,
    top,
    minPrice,
    minVolume,
  }: LiquidityRules & {
    readonly place: number;
    readonly date: number;
    readonly top: number;
  },
): readonly Position[] {
  const eligible = histories.flatMap((history) => {
    const past = readingsOn(history, place);
    if (past === undefined || past.averageVolume < minVolume) return [];
    return past.readings.close < minPrice ? [] : [past.readings];
  });
  return scoreUniverse(eligible)
    .flatMap(({ ticker, direction }): readonly Position[] => {
      if (direction === 'neutral') return [];
      return [{ ticker, side: direction === 'bullish' ? 1 : -1, chosenOn: date }];
    })
    .slice(0, top);
}
