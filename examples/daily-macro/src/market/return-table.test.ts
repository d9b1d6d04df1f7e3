import { describe, expect, it } from '@jest/globals';
import { dayOf, isoOf } from '../base/calendar.ts';
import { allVisibleAt } from '../data/series-table.ts';
import { REFERENCE_DATE, realTables, sampleTable, tablesOf } from '../testing-local/sample.ts';
import { instrumentOf, instruments } from './instrument.ts';
import { isLive, marketDay } from './live-instruments.ts';
import { commonDays, periods, returnTable, weightedReturns } from './return-table.ts';

const sp = sampleTable('SP500', '2000-01-01', [100, 110, 99]);
const gold = {
  ...sampleTable('GOLD', '2000-01-01', [50, 60]),
  days: Int32Array.of(sp.days[0] ?? 0, sp.days[2] ?? 0),
};
const tables = tablesOf(sp, gold);

describe('a table of returns', () => {
  it('spans the days that all instruments have, and fills nothing in', () => {
    const table = returnTable(tables, ['SPX', 'GOLD'], 10);
    expect(table.days.map(isoOf)).toEqual(['2000-01-03']);
    expect(table.columns[0]?.[0]).toBeCloseTo(-0.01, 12);
    expect(table.columns[1]?.[0]).toBeCloseTo(0.2, 12);
  });

  it('keeps the last of them and weighs them', () => {
    const table = returnTable(tables, ['SPX'], 1);
    expect(periods(table)).toBe(1);
    // 99 / 110 - 1 = -.1, twice short.
    expect(weightedReturns(table, { SPX: -2 })[0]).toBeCloseTo(0.2, 12);
  });

  it('is empty without instruments or without history', () => {
    expect(periods(returnTable(tables, [], 10))).toBe(0);
    expect(commonDays(tables, [])).toEqual([]);
  });

  it('has a day for nearly every trading day of the shipped data', () => {
    const visible = allVisibleAt(realTables(), dayOf(REFERENCE_DATE));
    const table = returnTable(
      visible,
      instruments.map(({ id }) => id),
      10_000,
    );
    // 3,595 days of yields from 1986 on, less those on which stocks, fx or metals were closed.
    expect(periods(table)).toBeGreaterThan(3_550);
    for (const column of table.columns) {
      expect(column.every((value) => Math.abs(value) < 0.25)).toBe(true);
    }
  });
});

describe('instruments', () => {
  it('name the unknown one and the known', () => {
    expect(() => instrumentOf('BTC')).toThrow('no instrument "BTC"; there are: UST1, UST3');
  });

  it('are live for five days after their last publication', () => {
    const day = dayOf('2000-01-03');
    expect(isLive(instrumentOf('SPX'), tables, day + 5)).toBe(true);
    expect(isLive(instrumentOf('SPX'), tables, day + 6)).toBe(false);
  });

  it('share a market day, the newest that all live ones have', () => {
    const visible = allVisibleAt(realTables(), dayOf(REFERENCE_DATE));
    expect(isoOf(marketDay(visible, dayOf(REFERENCE_DATE)) ?? 0)).toBe('2000-05-12');
    expect(marketDay(visible, dayOf('2026-11-20'))).toBeUndefined();
  });
});
