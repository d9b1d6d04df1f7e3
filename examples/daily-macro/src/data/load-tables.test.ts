import { describe, expect, it } from '@jest/globals';
import { dayOf, isoOf } from '../base/calendar.ts';
import { dataFolder, REFERENCE_DATE, realTables, sampleTable } from '../testing-local/sample.ts';
import { loadTables, toTable } from './load-tables.ts';
import { type SeriesSpec, seriesCatalog } from './series-catalog.ts';
import { allVisibleAt, latestValue, tableOf, visibleAt } from './series-table.ts';

const lastDayOf = (id: string, asOf: string): string => {
  const { days } = visibleAt(tableOf(realTables(), id), dayOf(asOf));
  return isoOf(days.at(-1) ?? 0);
};

describe('the shipped data', () => {
  it('has every series of the catalogue, ascending, and without a gap that reads as a number', () => {
    const tables = loadTables(dataFolder);
    expect(Object.keys(tables)).toEqual(seriesCatalog.map(({ id }) => id));
    for (const { id, days, values } of Object.values(tables)) {
      expect([id, values.length > 20]).toEqual([id, true]);
      expect([id, values.some(Number.isNaN)]).toEqual([id, false]);
      expect([id, days.every((day, at) => at === 0 || day > (days[at - 1] ?? 0))]).toEqual([id, true]);
    }
  });

  it('dates the daily yields so that each month averages to the published monthly average', () => {
    // The source lists the daily yields without dates (see data/README.md), so this is what proves them.
    for (const [daily, monthly] of [
      ['DGS1', 'GS1'],
      ['DGS3', 'GS3'],
      ['DGS5', 'GS5'],
      ['DGS10', 'GS10'],
    ] as const) {
      const { days, values } = tableOf(realTables(), daily);
      const byMonth = Map.groupBy(days.keys(), (at) => isoOf(days[at] ?? 0).slice(0, 7));
      const published = tableOf(realTables(), monthly);
      let months = 0;
      published.days.forEach((day, at) => {
        const rows = byMonth.get(isoOf(day).slice(0, 7));
        if (rows === undefined || isoOf(day) > '2000-04-30') return;
        const mean = rows.reduce((sum, row) => sum + (values[row] ?? 0), 0) / rows.length;
        // Rounded to two decimals, so half of the last one, and a little for the float.
        expect(Math.abs(mean - (published.values[at] ?? Number.NaN))).toBeLessThan(0.0051);
        months += 1;
      });
      expect(months).toBe(172);
    }
  });

  it('shows a run only what was published by its date', () => {
    // Consumer prices come 20 days after the month, so April is not out on 15 May but is on 20 May.
    expect(lastDayOf('CPIAUCNS', REFERENCE_DATE)).toBe('2000-03-31');
    expect(lastDayOf('CPIAUCNS', '2000-05-20')).toBe('2000-04-30');
    // A close of Friday is known from Saturday on.
    expect(lastDayOf('SP500', '2000-05-12')).toBe('2000-05-11');
    expect(lastDayOf('SP500', REFERENCE_DATE)).toBe('2000-05-12');
  });

  it('holds well-known values', () => {
    const at = (id: string, day: string): number | undefined => {
      const { days, values } = tableOf(realTables(), id);
      return values[days.indexOf(dayOf(day))];
    };
    expect(at('SP500', '1987-10-19')).toBe(224.84);
    expect(at('DGS10', '1987-10-16')).toBe(10.23);
    expect(at('DGS10', '1987-10-19')).toBe(10.15);
    expect(at('UNRATE', '1982-12-31')).toBe(10.8);
    expect(at('CPIAUCNS', '2000-03-31')).toBe(171.2);
  });
});

describe('tables', () => {
  const spec: SeriesSpec = {
    ...{ id: 'X', label: 'x', unit: 'u', source: 'x.csv', frequency: 'monthly', lagDays: 7 },
    ...{ minimum: 0, maximum: 1 },
  };

  it('leave out rows without a value instead of filling them', () => {
    const file = { days: [1, 2, 3], columns: new Map([['X', [5, Number.NaN, 7]]]) };
    const table = toTable(spec, file);
    expect([...table.days]).toEqual([1, 3]);
    expect([...table.published]).toEqual([8, 10]);
    expect([...table.values]).toEqual([5, 7]);
  });

  it('name a missing column and an unknown series', () => {
    expect(() => toTable(spec, { days: [], columns: new Map() })).toThrow('x.csv has no column X');
    expect(() => tableOf(realTables(), 'DGS2')).toThrow('no series "DGS2"');
    expect(() => tableOf(realTables(), 'constructor')).toThrow('no series "constructor"');
  });

  it('cut what is not yet public, down to nothing', () => {
    const table = sampleTable('X', '1970-01-02', [1, 2, 3], 5);
    expect(latestValue(visibleAt(table, 7))).toBe(2);
    expect(allVisibleAt({ X: table }, 5).X?.values).toHaveLength(0);
  });
});
