import { describe, expect, it } from '@jest/globals';
import { countSignals } from './agents/agent-report.ts';
import { dayOf } from './base/calendar.ts';
import { emptyBook } from './book/book.ts';
import { runChain } from './chain.ts';
import { allVisibleAt } from './data/series-table.ts';
import { isWithinCaps } from './portfolio/clamp-weights.ts';
import { shortfallsOf } from './report/summarise-run.ts';
import { REFERENCE_DATE, realTables } from './testing-local/sample.ts';

const asOf = dayOf(REFERENCE_DATE);

describe('the whole chain on the reference date', () => {
  const result = runChain(realTables(), asOf);

  it('has all signals, positions and risk figures, and nothing that fell short', () => {
    expect(result.quality).toMatchObject({ score: 100, grade: 'PASS' });
    expect(countSignals(result.reports)).toBe(23);
    expect(result.summary).toMatchObject({ signals: 23, agentsAnswered: 5, shortfalls: [] });
    expect(result.summary.positions).toBeGreaterThanOrEqual(5);
    expect(result.summary.leverage).toBeGreaterThan(0.3);
    expect(result.portfolio).toMatchObject({ method: 'risk-parity', observations: 252 });
  });

  it('has believable risk: a daily VaR of some tenths of a percent for less than 1x leverage', () => {
    const { historical, parametric, monteCarlo, volatility } = result.risk;
    expect(historical).toMatchObject({ method: 'historical', observations: 504 });
    for (const tail of [historical, parametric, monteCarlo]) {
      expect(tail.var95).toBeLessThan(-0.001);
      expect(tail.var95).toBeGreaterThan(-0.01);
      expect(tail.var99).toBeLessThan(tail.var95);
      expect(tail.cvar95).toBeLessThan(tail.var95);
      expect(tail.cvar99).toBeLessThan(tail.var99);
    }
    expect(volatility).toBeGreaterThan(0.01);
    expect(volatility).toBeLessThan(0.1);
  });

  it('keeps every cap and splits every position among its strategies', () => {
    expect(isWithinCaps(result.risk.weights)).toBe(true);
    for (const shares of Object.values(result.book.attribution)) {
      expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    }
  });

  it('does not depend on anything published later', () => {
    expect(runChain(allVisibleAt(realTables(), asOf), asOf)).toEqual(result);
  });

  it('gives the same book again from the book before', () => {
    expect(runChain(realTables(), asOf, emptyBook).book).toEqual(result.book);
  });
});

describe('the whole chain day after day', () => {
  it('marks the book of the day before, and trades only what drifted', () => {
    const first = runChain(realTables(), asOf - 3);
    const second = runChain(realTables(), asOf, first.book);
    expect(second.portfolio.mark.days).toBe(1);
    expect(second.book.equityDollars).not.toBe(first.book.equityDollars);
    // One day of a book with a VaR of some tenths of a percent moves it by less than 2 %.
    expect(Math.abs(second.book.equityDollars / 1e6 - 1)).toBeLessThan(0.02);
    expect(second.portfolio.trades.length).toBeLessThan(first.portfolio.trades.length + 1);
  });
});

describe('the whole chain without current data', () => {
  it('fails today with the reason instead of reading SUCCESS on old data', () => {
    expect(() => runChain(realTables(), dayOf('2026-11-20'))).toThrow(
      'no agent could answer: inflation: CPIAUCNS is stale',
    );
  });

  it('fails on a date before all data, and on no data at all', () => {
    expect(() => runChain(realTables(), dayOf('1860-01-01'))).toThrow('data quality 0.0 is FAIL');
    expect(() => runChain({}, asOf)).toThrow('data quality 0.0 is FAIL');
  });

  it('is degraded, and says why, when only part of the data is current', () => {
    // At the end of June 2000 the daily yields are six weeks old; the rest is current.
    const late = runChain(realTables(), dayOf('2000-06-30'));
    expect(late.summary.positions).toBeGreaterThan(0);
    expect(Object.keys(late.risk.weights).some((id) => id.startsWith('UST'))).toBe(false);
    expect(shortfallsOf(late)).toContain('strategy duration: UST10 has no current price');
  });
});
