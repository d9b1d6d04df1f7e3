import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../base/calendar.ts';
import { tableOf } from '../data/series-table.ts';
import { instruments } from '../market/instrument.ts';
import { realTables } from '../testing-local/sample.ts';
import { scenarios, shockedReturn, stressTest } from './stress.ts';

describe('the stress scenarios', () => {
  it('are four, with a shock for each series that is traded', () => {
    expect(scenarios).toHaveLength(4);
    const traded = instruments.map(({ series }) => series).sort();
    for (const { shocks } of scenarios) expect(Object.keys(shocks).sort()).toEqual(traded);
  });

  it.each(scenarios)(
    '$id is what the shipped series did from $from to $to',
    ({ from, to, shocks }) => {
      for (const [series, shock] of Object.entries(shocks)) {
        const { days, values } = tableOf(realTables(), series);
        const value = (date: string) => values[days.indexOf(dayOf(date))] ?? Number.NaN;
        const isYield = instruments.some((i) => i.series === series && i.pricing.kind === 'bond');
        const change = isYield ? value(to) - value(from) : value(to) / value(from) - 1;
        expect([series, Math.abs(change - shock) < 0.000_051]).toEqual([series, true]);
      }
    },
  );

  it('move a price in proportion, a quote against the dollar inversely, and a bond through its yield', () => {
    expect(shockedReturn('SPX', 1500, -0.2047)).toBeCloseTo(-0.2047, 12);
    expect(shockedReturn('JPY', 100, -0.2)).toBeCloseTo(0.25, 12);
    // One year at 6 % to 8 %: .9811391 - 1.
    expect(shockedReturn('UST1', 6, 2)).toBeCloseTo(-0.018_860_9, 7);
  });

  it('sum the positions and name the worst', () => {
    const [monday] = stressTest({ SPX: 0.25, GOLD: 0.1 }, realTables());
    // -.2047 x .25 + .0226 x .1.
    expect(monday).toMatchObject({ scenario: 'black-monday-1987', worst: { instrument: 'SPX' } });
    expect(monday?.gain).toBeCloseTo(-0.048_915, 12);
    const [short] = stressTest({ SPX: -0.25 }, realTables());
    expect(short?.worst).toBeNull();
  });
});
