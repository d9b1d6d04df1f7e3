import type { Ranked } from '../catalysts/ranked.ts';
import type { Candidate } from './candidate.ts';

/** The best `count` tickers that lean to a side: for a neutral one there is neither a call nor a put to choose. */
export function shortlist(ranking: readonly Ranked[], count: number): readonly Candidate[] {
  const candidates = ranking.flatMap(({ ticker, direction, close, volatility }) =>
    direction === 'neutral' ? [] : [{ ticker, direction, close, volatility }],
  );
  return candidates.slice(0, count);
}
