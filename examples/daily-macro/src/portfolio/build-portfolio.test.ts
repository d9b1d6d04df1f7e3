import { describe, expect, it } from '@jest/globals';
import { strengthOf } from '../agents/signal.ts';
import { dayOf } from '../base/calendar.ts';
import { emptyBook } from '../book/book.ts';
import { instruments } from '../market/instrument.ts';
import type { StrategyReport, StrategyRound } from '../strategies/strategy-report.ts';
import { regimeOf, sampleTable, tablesOf, viewsOf } from '../testing-local/sample.ts';
import { buildPortfolio } from './build-portfolio.ts';
import { isWithinCaps } from './clamp-weights.ts';
import { netPositions } from './net-positions.ts';

const propose = (
  strategy: string,
  weights: Record<string, number>,
  confidence = 0.8,
): StrategyReport => ({
  status: 'proposed',
  strategy,
  unpriced: [],
  proposals: Object.entries(weights).map(([instrument, weight]) => ({
    ...{ instrument, weight, confidence, strength: strengthOf(confidence) },
    direction: weight > 0 ? 1 : -1,
  })),
});
const roundOf = (...reports: StrategyReport[]): StrategyRound => ({
  reports,
  grossProposed: 1,
  scale: 1,
});

/** Days of wavy prices, out of step with one another. */
const wavy = (days: number) => {
  return tablesOf(
    ...instruments.map(({ series }, k) => {
      const values = Array.from(
        { length: days },
        (_, t) => 100 * Math.exp(0.01 * Math.sin(t * (k + 1))),
      );
      return sampleTable(series, '2000-01-03', values);
    }),
  );
};
const build = (days: number, round: StrategyRound, more = {}) => {
  return buildPortfolio({
    tables: wavy(days),
    asOf: dayOf('2000-01-03') + days - 1,
    views: viewsOf({ equity: 0.2 }),
    regime: regimeOf(-0.5, -0.5, -0.5),
    round,
    book: emptyBook,
    ...more,
  });
};

describe('net positions', () => {
  it('sum the strategies and keep those on the side of the net', () => {
    const nets = netPositions([
      propose('a', { SPX: 0.3, GOLD: 0.1 }),
      propose('b', { SPX: -0.1, GOLD: -0.1 }),
    ]);
    expect(nets).toHaveLength(1);
    expect(nets[0]?.net).toBeCloseTo(0.2, 12);
    expect(nets[0]?.contributions.map(({ strategy }) => strategy)).toEqual(['a']);
    // Confidence .8 is strong, so conviction .8 x 1.
    expect(nets[0]?.contributions[0]?.conviction).toBeCloseTo(0.8, 12);
  });
});

describe('the portfolio', () => {
  const round = roundOf(propose('a', { SPX: 0.1, GOLD: -0.1 }), propose('b', { SPX: 0.1 }));

  it('is equally weighted below 60 observations', () => {
    // Gross .3, equal shares .15 each, risk-on: nothing else changes it.
    const portfolio = build(60, round);
    expect(portfolio).toMatchObject({ method: 'equal', observations: 59, shrinkage: null });
    expect(portfolio.weights.SPX).toBeCloseTo(0.15, 12);
    expect(portfolio.weights.GOLD).toBeCloseTo(-0.15, 12);
  });

  it('is in risk parity from 60 observations on', () => {
    const portfolio = build(61, round);
    expect(portfolio).toMatchObject({ method: 'risk-parity', observations: 60 });
    const shares = portfolio.targets.map(({ riskShare }) => riskShare);
    expect((shares[0] ?? 0) + (shares[1] ?? 0)).toBeCloseTo(1, 12);
  });

  it('damps a class on which agents disagree to .60', () => {
    const views = viewsOf({ equity: 0.2 }).map((view) => {
      return view.assetClass === 'equity' ? { ...view, conflicts: ['fiscal' as const] } : view;
    });
    const portfolio = build(60, round, { views });
    // .15 x .6 = .09 against .15 undamped.
    expect(portfolio.weights.SPX).toBeCloseTo(0.09, 12);
    expect(portfolio.weights.GOLD).toBeCloseTo(-0.15, 12);
    expect(portfolio.targets[0]?.conflicted).toBe(true);
  });

  it('is scaled by the regime', () => {
    const portfolio = build(60, round, { regime: regimeOf(0, 0, 0) });
    expect(portfolio.weights.SPX).toBeCloseTo(0.105, 12);
  });

  it('stays within its caps and attributes every position in full', () => {
    const portfolio = build(
      61,
      roundOf(propose('a', { SPX: 0.9, GOLD: 0.9, UST3: 0.9 }), propose('b', { SPX: 0.3 })),
    );
    expect(isWithinCaps(portfolio.weights)).toBe(true);
    expect(portfolio.targets[0]?.attribution.a).toBeCloseTo(0.75, 12);
    expect(portfolio.targets[0]?.attribution.b).toBeCloseTo(0.25, 12);
  });

  it('holds nothing when the strategies cancel out', () => {
    const nothing = build(61, roundOf(propose('a', { SPX: 0.1 }), propose('b', { SPX: -0.1 })));
    expect(nothing).toMatchObject({ targets: [], trades: [], weights: {}, leverage: 0 });
  });
});
