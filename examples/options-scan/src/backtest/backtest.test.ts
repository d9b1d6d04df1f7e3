import { describe, expect, it } from '@jest/globals';
import { dayOf, isoOf } from '../base/calendar.ts';
import { readIndicators } from '../indicators/read-indicators.ts';
import { barsBetween } from '../market/bars.ts';
import { barsOf, realBars, times } from '../testing-local/sample-bars.ts';
import { backtestDates } from './backtest-dates.ts';
import { choosePositions } from './choose-positions.ts';
import { readHistory, readingsOn } from './history.ts';
import { summariseTrades } from './summarise-trades.ts';
import { makeTrade } from './trade.ts';

const listing = { ticker: 'AAPL', kind: 'stock', origin: 'real' } as const;

describe('the dates of a backtest', () => {
  it('begin with a full lookback, go on every few days, and leave a whole hold behind them', () => {
    const days = Int32Array.from({ length: 24 }, (_, at) => at);
    // Places 9, 14 and 19; 24 - 1 - 4 = 19 is the last that can be held for four days.
    expect([...backtestDates(days, { lookback: 10, hold: 4, every: 5 })]).toEqual([9, 14, 19]);
    expect([...backtestDates(days, { lookback: 21, hold: 4, every: 5 })]).toEqual([]);
  });
});

describe('the readings of the past', () => {
  const bars = realBars('AAPL');
  const dates = Int32Array.of(bars.days[199] ?? 0, bars.days[300] ?? 0);

  it('are those that one would have had on the day, whatever came after', () => {
    const history = readHistory(listing, bars, { dates, lookback: 200 });
    const then = readIndicators(barsBetween(bars, 101, 301));
    const { readings } = readingsOn(history, 1) ?? {};
    expect(readings?.raw).toEqual(then.raw);
    expect(readings?.direction).toBe(then.direction);
    const without = readHistory(listing, barsBetween(bars, 0, 301), { dates, lookback: 200 });
    expect(without).toEqual(history);
  });

  it('are none before a full lookback', () => {
    const late = barsBetween(bars, 150, 500);
    const history = readHistory(listing, late, { dates, lookback: 100 });
    expect(readingsOn(history, 0)).toBeUndefined();
    expect(readingsOn(history, 1)).toBeDefined();
  });

  it('leave out what was too cheap or too thin on the day, and what has no direction', () => {
    const rising = barsOf(Array.from({ length: 210 }, (_, at) => 100 + at + (at % 2) * 3));
    const date = rising.days[205] ?? 0;
    const history = readHistory(listing, rising, { dates: Int32Array.of(date), lookback: 200 });
    const choice = { place: 0, date, top: 10, minPrice: 5, minVolume: 500_000 };
    expect(choosePositions([history], choice)).toEqual([
      { ticker: 'AAPL', side: 1, chosenOn: date },
    ]);
    expect(choosePositions([history], { ...choice, minPrice: 1000 })).toEqual([]);
    expect(choosePositions([history], { ...choice, minVolume: 2e6 })).toEqual([]);
    const flat = readHistory(listing, barsOf(times(210, 50)), {
      dates: Int32Array.of(date),
      lookback: 200,
    });
    expect(choosePositions([flat], choice)).toEqual([]);
  });
});

describe('a trade', () => {
  const bars = barsOf([100, 110, 121, 133.1], { open: [0, 105, 0, 0] });
  const chosenOn = dayOf('2015-01-01');

  it('enters at the next open and leaves at the close after the hold', () => {
    const trade = makeTrade({ ticker: 'X', side: 1, chosenOn }, bars, 3);
    expect(trade?.total).toBeCloseTo(133.1 / 105 - 1, 12);
    expect(trade?.days.map(({ day }) => isoOf(day))).toEqual([
      '2015-01-02',
      '2015-01-03',
      '2015-01-04',
    ]);
    expect(trade?.days.map(({ value }) => value)).toEqual([
      expect.closeTo(110 / 105 - 1, 12),
      expect.closeTo(0.1, 12),
      expect.closeTo(0.1, 12),
    ]);
  });

  it('wins by a fall when it is bearish, and is none without the days', () => {
    const trade = makeTrade({ ticker: 'X', side: -1, chosenOn }, bars, 1);
    expect(trade?.total).toBeCloseTo(1 - 110 / 105, 12);
    expect(makeTrade({ ticker: 'X', side: 1, chosenOn }, bars, 4)).toBeUndefined();
    expect(makeTrade({ ticker: 'X', side: 1, chosenOn: 0 }, bars, 1)).toBeUndefined();
  });
});

describe('the sum of a backtest', () => {
  const trade = (total: number, values: readonly number[]) => {
    const days = values.map((value, day) => ({ day, value }));
    return { ticker: 'X', side: 1, days, total } as const;
  };

  it('counts what reached the threshold, and follows the book of all open trades', () => {
    const trades = [trade(0.05, [0.1, -0.2]), trade(0.04, [0.1, 0])];
    const sum = summariseTrades(trades, { dates: 1, threshold: 0.05 });
    // The book: +10 %, then the mean of -20 % and 0; 1.1 x .9 = .99, a tenth below 1.1.
    expect(sum).toMatchObject({
      trades: 2,
      winRate: 0.5,
      averageReturn: expect.closeTo(0.045, 12),
    });
    expect(sum.finalValue).toBeCloseTo(0.99, 12);
    expect(sum.maxDrawdown).toBeCloseTo(0.1, 12);
    // Mean 0; deviation root of (.01 + .01) / 1.
    expect(sum.sharpe).toBeCloseTo(0, 12);
  });

  it('scales mean over deviation by the root of 252', () => {
    const { sharpe } = summariseTrades([trade(0.04, [0.01, 0.03])], { dates: 1, threshold: 0 });
    // Mean .02, deviation .01 x root of 2.
    expect(sharpe).toBeCloseTo((0.02 / (0.01 * Math.SQRT2)) * Math.sqrt(252), 10);
  });

  it('measures nothing where nothing was traded', () => {
    const none = { winRate: null, averageReturn: null, maxDrawdown: null, sharpe: null };
    expect(summariseTrades([], { dates: 3, threshold: 0.05 })).toMatchObject(none);
  });
});
