import { dayOf } from '../base/calendar.ts';
import { applyCatalysts } from '../catalysts/apply-catalysts.ts';
import type { Finalist } from '../debate/finalist.ts';
import { readIndicators } from '../indicators/read-indicators.ts';
import { scoreUniverse } from '../scoring/score-universe.ts';
import { realBars } from './sample-bars.ts';

/** AAPL as it stood on 2015-05-11, with a contract made up for it. */
export function sampleFinalist(ticker = 'AAPL', changes: Partial<Finalist> = {}): Finalist {
  const facts = { ticker, kind: 'stock', origin: 'real', close: 126.32 } as const;
  const scored = scoreUniverse([{ ...facts, ...readIndicators(realBars('AAPL')) }]);
  const calendar = { name: 'none', nextReport: () => undefined };
  const [ranked] = applyCatalysts(scored, calendar, dayOf('2015-05-11'));
  if (ranked === undefined) throw new Error('a universe of one has one');
  return {
    ...ranked,
    direction: 'bullish',
    contract: {
      ...{ side: 'call', expiry: '2015-06-19', strike: 130, bid: 1.9, ask: 2, mid: 1.95 },
      ...{ openInterest: 500, volume: 40, daysToExpiry: 39, impliedVolatility: 0.22 },
      ...{ delta: 0.35, gamma: 0.04, theta: -0.03, vega: 0.15 },
    },
    ...changes,
  };
}
