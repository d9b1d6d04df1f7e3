import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../base/calendar.ts';
import type { Frequency, SeriesSpec } from '../data/series-catalog.ts';
import { allVisibleAt, type SeriesTable } from '../data/series-table.ts';
import { REFERENCE_DATE, realTables, sampleTable, tablesOf } from '../testing-local/sample.ts';
import { assessQuality, gradeOf, stopReason } from './assess-quality.ts';
import { ageInDays, freshness, isStale, stalenessLimitDays } from './staleness.ts';

const TODAY = dayOf('2000-01-31');

function spec(id: string, more: Partial<SeriesSpec> = {}): SeriesSpec {
  return {
    ...{ id, label: id, unit: 'u', source: 'x.csv', frequency: 'daily', lagDays: 0 },
    ...{ minimum: -5, maximum: 100, ...more },
  };
}

/** Five tenors, so that the curve is whole, and one more series. */
const tenors = [1, 2, 3, 5, 10].map((years) => spec(`Y${years}`, { tenorYears: years }));
const catalog = [...tenors, spec('X')];
const fresh = (id: string, value = 5): SeriesTable => sampleTable(id, '2000-01-31', [value]);
const good = tablesOf(...catalog.map(({ id }) => fresh(id)));

describe('the quality score', () => {
  it('is 100 for current data in range', () => {
    const report = assessQuality(good, TODAY, catalog);
    expect(report).toMatchObject({ score: 100, grade: 'PASS', staleCount: 0, faults: [] });
  });

  it('takes 30 points in proportion to the stale series', () => {
    // 1 of 6 stale: 30 / 6 = 5.
    const old = { ...good, X: sampleTable('X', '2000-01-25', [5]) };
    expect(assessQuality(old, TODAY, catalog)).toMatchObject({ score: 95, staleCount: 1 });
  });

  it('takes 2 points for each value out of range, 20 at most', () => {
    const wild = (count: number) => {
      const values = Array.from({ length: count }, () => 101);
      return { ...good, X: sampleTable('X', '2000-01-01', [...values, 5]) };
    };
    const ignoringAge = catalog.map((s) =>
      s.id === 'X' ? { ...s, frequency: 'annual' as const } : s,
    );
    expect(assessQuality(wild(3), TODAY, ignoringAge).score).toBe(94);
    expect(assessQuality(wild(10), TODAY, ignoringAge).score).toBe(80);
    expect(assessQuality(wild(25), TODAY, ignoringAge).score).toBe(80);
  });

  it('counts a value that is not a number as out of range', () => {
    const broken = { ...good, X: fresh('X', Number.NaN) };
    expect(assessQuality(broken, TODAY, catalog).deductions.range).toBe(2);
  });

  it('takes 2 points for each tenor missing to five and for each negative yield', () => {
    // Two tenors gone: 5 - 3 = 2 issues, 4 points, beside 2 of 6 series stale, 10 points.
    const { Y1: _one, Y2: _two, ...rest } = good;
    expect(assessQuality(rest, TODAY, catalog)).toMatchObject({
      score: 86,
      deductions: { curve: 4, staleness: 10 },
    });
    const negative = { ...good, Y3: fresh('Y3', -0.1) };
    expect(assessQuality(negative, TODAY, catalog)).toMatchObject({
      score: 98,
      deductions: { curve: 2 },
    });
  });

  it('takes 5 points for each series that knows the future or is out of order, 30 at most', () => {
    const early = { ...good, X: sampleTable('X', '2000-01-30', [1, 2, 3]) };
    const report = assessQuality(early, TODAY, catalog);
    expect(report.deductions.pointInTime).toBe(5);
    expect(report.faults[0]?.detail).toBe(
      "the observation of 2000-02-01 was published on 2000-02-01, after the run's date",
    );
    const all = tablesOf(...catalog.map(({ id }) => sampleTable(id, '2000-02-02', [5])));
    const twoMore = {
      ...all,
      V: sampleTable('V', '2000-02-02', [5]),
      W: sampleTable('W', '2000-02-02', [5]),
    };
    expect(assessQuality(twoMore, TODAY, catalog).deductions.pointInTime).toBe(30);
  });

  it('finds rows out of order and rows marked published before their day', () => {
    const table = fresh('X');
    const swapped = { ...table, days: Int32Array.of(TODAY, TODAY - 1) };
    const doubled = {
      ...swapped,
      published: Int32Array.of(TODAY, TODAY),
      values: Float64Array.of(1, 2),
    };
    const outOfOrder = assessQuality({ ...good, X: doubled }, TODAY, catalog).faults[0];
    expect(outOfOrder?.detail).toBe('the observation of 2000-01-30 is out of order');
    const hasty = { ...table, published: Int32Array.of(TODAY - 1) };
    const before = assessQuality({ ...good, X: hasty }, TODAY, catalog).faults[0];
    expect(before?.detail).toContain('before its day');
  });

  it('is 0 and FAIL for no data at all, though the deductions alone would leave more', () => {
    expect(assessQuality({}, TODAY, catalog)).toMatchObject({ score: 0, grade: 'FAIL' });
    const empty = tablesOf(...catalog.map(({ id }) => sampleTable(id, '2000-01-01', [])));
    expect(assessQuality(empty, TODAY, catalog)).toMatchObject({ score: 0, grade: 'FAIL' });
  });

  it('grades from 70 PASS, from 40 WARN, below FAIL', () => {
    expect([100, 70, 69.9, 40, 39.9, 0].map(gradeOf)).toEqual([
      'PASS',
      'PASS',
      'WARN',
      'WARN',
      'FAIL',
      'FAIL',
    ]);
  });

  it('is 100 for the shipped data on the reference date and WARN, all stale, today', () => {
    const at = (date: string) => {
      const day = dayOf(date);
      return assessQuality(allVisibleAt(realTables(), day), day);
    };
    expect(at(REFERENCE_DATE)).toMatchObject({ score: 100, staleCount: 0, seriesCount: 34 });
    // 30 for staleness and 5 x 2 for a curve without one current tenor.
    expect(at('2026-11-20')).toMatchObject({ score: 60, grade: 'WARN', staleCount: 34 });
  });
});

describe('the stop policy', () => {
  const failed = assessQuality({}, TODAY, catalog);
  const stale = assessQuality(good, TODAY + 1000, catalog);

  it('stops at FAIL by default and at WARN when asked to', () => {
    expect(stopReason(failed, 'FAIL')).toContain('data quality 0.0 is FAIL (6 of 6 series stale');
    expect(stale.grade).toBe('WARN');
    expect(stopReason(stale, 'FAIL')).toBeUndefined();
    expect(stopReason(stale, 'WARN')).toContain('data quality 60.0 is WARN');
  });
});

describe('staleness', () => {
  it.each([
    ['daily', 5],
    ['weekly', 12],
    ['monthly', 50],
    ['quarterly', 120],
    ['annual', 400],
  ] as const)('begins for a %s series after %i days', (frequency: Frequency, limit) => {
    const table = sampleTable('X', '2000-01-01', [1]);
    const day = dayOf('2000-01-01');
    expect(stalenessLimitDays[frequency]).toBe(limit);
    expect(isStale(table, frequency, day + limit)).toBe(false);
    expect(isStale(table, frequency, day + limit + 1)).toBe(true);
  });

  it('is counted from publication, not from the period', () => {
    expect(ageInDays(sampleTable('X', '2000-01-01', [1], 20), dayOf('2000-01-31'))).toBe(10);
  });

  it('takes trust away between the limit and twice the limit', () => {
    const table = sampleTable('X', '2000-01-01', [1]);
    const after = (days: number) => freshness(table, 'monthly', dayOf('2000-01-01') + days);
    expect([0, 50, 75, 100, 1000].map(after)).toEqual([1, 1, 0.5, 0, 0]);
    expect(freshness(sampleTable('X', '2000-01-01', []), 'daily', 0)).toBe(0);
  });
});
