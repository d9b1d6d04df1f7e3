import { describe, expect, it } from '@jest/globals';
import { barsOf, realBars, times } from '../testing-local/sample-bars.ts';
import { readIndicators } from './read-indicators.ts';

describe('the indicators, against values worked by hand', () => {
  it('takes the Bollinger width from deviations of the sample', () => {
    // Ten of 9 and ten of 11: mean 10, squares 20 x 1, over 19; width 2 x 2 deviations over 10.
    const { raw } = readIndicators(barsOf([...times(10, 9), ...times(10, 11)]));
    expect(raw.bollinger).toBeCloseTo((4 * Math.sqrt(20 / 19)) / 10, 12);
    expect(readIndicators(barsOf(times(19, 9))).raw.bollinger).toBeNull();
  });

  it("starts Wilder's true range at the second bar, and smooths it by fourteenths", () => {
    const high = [150, ...times(14, 101), 108];
    const low = [50, ...times(14, 99), 92];
    const upTo = (rows: number) =>
      readIndicators(
        barsOf(times(rows, 100), { high: high.slice(0, rows), low: low.slice(0, rows) }),
      ).raw.atr;
    expect(upTo(14)).toBeNull();
    // Fourteen ranges of 2, the wide first bar not among them; percent of a close of 100.
    expect(upTo(15)).toBeCloseTo(2, 12);
    // (13 x 2 + 16) / 14.
    expect(upTo(16)).toBeCloseTo(3, 12);
  });

  it('counts the gap from the close before as part of the range', () => {
    // Each bar is a point around its close, and each close ten above the one before: 11 points.
    const close = Array.from({ length: 15 }, (_, at) => 100 + 10 * at);
    const high = close.map((price) => price + 1);
    const low = close.map((price) => price - 1);
    expect(readIndicators(barsOf(close, { high, low })).raw.atr).toBeCloseTo((100 * 11) / 240, 12);
  });

  it("gives Wilder's relative strength", () => {
    const swings = Array.from({ length: 15 }, (_, at) => 100 + (at % 2));
    // Seven gains and seven losses of 1: .5 against .5.
    expect(readIndicators(barsOf(swings)).raw.rsi).toBeCloseTo(50, 12);
    // One gain more: (13 x .5 + 1) / 14 against 13 x .5 / 14, that is 7.5 against 6.5.
    expect(readIndicators(barsOf([...swings, 101])).raw.rsi).toBeCloseTo((100 * 7.5) / 14, 12);
    expect(readIndicators(barsOf(swings.slice(1))).raw.rsi).toBeNull();
  });

  it('knows no strength where nothing ever moved, and no volume slope where nothing was weighed', () => {
    const { raw } = readIndicators(barsOf(times(30, 100)));
    expect([raw.rsi, raw.obv]).toEqual([null, null]);
  });

  it('divides the slope of on-balance volume by its mean size', () => {
    const rising = Array.from({ length: 20 }, (_, at) => 100 + at);
    // Balances 0, 10, ... 190: slope 10, mean 95.
    const { raw } = readIndicators(barsOf(rising, { volume: times(20, 10) }));
    expect(raw.obv).toBeCloseTo(10 / 95, 12);
  });

  it('measures how far the three averages lie apart', () => {
    const close = [...times(180, 100), ...times(20, 110)];
    // Averages 110, (30 x 100 + 20 x 110) / 50 = 104 and (180 x 100 + 20 x 110) / 200 = 101; 9 of 110 apart.
    const { raw, direction } = readIndicators(barsOf(close));
    expect(raw.sma).toBeCloseTo(100 * (1 - 9 / 110 / 0.2), 10);
    expect(direction).toBe('bullish');
    const mirrored = readIndicators(barsOf([...times(180, 100), ...times(20, 90)]));
    expect(mirrored.direction).toBe('bearish');
    expect(readIndicators(barsOf(close.slice(1))).raw.sma).toBeNull();
    expect(readIndicators(barsOf(close.slice(1))).direction).toBe('neutral');
  });

  it('never leaves 0 to 100, however far apart the averages are', () => {
    const { raw } = readIndicators(barsOf([...times(180, 100), ...times(20, 1000)]));
    expect(raw.sma).toBe(0);
  });

  it('holds the last volume against its twenty-day mean', () => {
    // 300 over (19 x 100 + 300) / 20 = 110.
    const { raw } = readIndicators(barsOf(times(20, 5), { volume: [...times(19, 100), 300] }));
    expect(raw.relativeVolume).toBeCloseTo(300 / 110, 12);
  });

  it('knows all of them for the shipped bars of AAPL', () => {
    const { raw, volatility } = readIndicators(realBars('AAPL'));
    expect(Object.values(raw).every((value) => value !== null)).toBe(true);
    expect(volatility).toBeGreaterThan(0.1);
    expect(volatility).toBeLessThan(0.5);
  });
});
