import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../base/calendar.ts';
import { readIndicators } from '../indicators/read-indicators.ts';
import { scoreUniverse } from '../scoring/score-universe.ts';
import { realBars } from '../testing-local/sample-bars.ts';
import { applyCatalysts, proximity, withCatalyst } from './apply-catalysts.ts';

const asOf = dayOf('2015-05-11');

describe('the catalyst', () => {
  it('fades with the days to the report', () => {
    const near = [3, 7, 14].map((days) => proximity(days).toFixed(3));
    expect(near).toEqual(['0.549', '0.247', '0.061']);
    expect([proximity(0), proximity(undefined), proximity(-1)]).toEqual([1, 0, 0]);
  });

  it('moves 80 to 73.72 three days before a report, and to 60 without a date', () => {
    // .75 x 80 + 25 x exp(-.6) = 60 + 13.72.
    expect(withCatalyst(80, proximity(3)).toFixed(2)).toBe('73.72');
    expect(withCatalyst(80, proximity(undefined))).toBe(60);
  });

  it('never makes a far-off date worse than none', () => {
    expect(withCatalyst(80, proximity(300))).toBeGreaterThanOrEqual(withCatalyst(80, 0));
  });

  const scored = scoreUniverse(
    ['AAPL', 'GE', 'MSFT'].map((ticker) => {
      const facts = { ticker, kind: 'stock', origin: 'real', close: 100 } as const;
      return { ...facts, ...readIndicators(realBars(ticker)) };
    }),
  );
  const reportsIn = (days: Readonly<Record<string, number>>) => ({
    name: 'by hand',
    nextReport: ({ ticker }: { readonly ticker: string }) => {
      const left = days[ticker];
      return left === undefined ? undefined : asOf + left;
    },
  });

  it('sorts anew, joins the breakdown, and flags a report within a week', () => {
    const last = scored.at(-1)?.ticker ?? '';
    const second = scored.at(1)?.ticker ?? '';
    const ranking = applyCatalysts(scored, reportsIn({ [last]: 0, [second]: 8 }), asOf);
    const scores = ranking.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(ranking.find(({ ticker }) => ticker === last)).toMatchObject({
      ...{ ivCrush: true, earnings: { date: '2015-05-11', days: 0 } },
      breakdown: { catalyst: { raw: 1, normalised: 100, weight: 0.25, contribution: 25 } },
    });
    expect(ranking.find(({ ticker }) => ticker === second)?.ivCrush).toBe(false);
    for (const { score, technicalScore, breakdown } of ranking) {
      const points = Object.values(breakdown).map((factor) => factor?.contribution ?? 0);
      expect(points.reduce((sum, point) => sum + point, 0)).toBeCloseTo(score, 10);
      expect(score).toBeGreaterThanOrEqual(0.75 * technicalScore);
    }
  });
});
