import { describe, expect, it } from '@jest/globals';
import { type Bars, generateBars, sliceBars } from '@millrace/quant';
import { divergence } from './divergence.ts';
import { type Readings, readIndicators, trendOf } from './readings.ts';
import { stochastic } from './stochastic.ts';
import { ValidationRules, validateSignal } from './validate-signal.ts';

const column = (...values: readonly number[]): Float64Array => Float64Array.from(values);

describe('stochastic', () => {
  it('is where the close lies in the range of the window, and its average', () => {
    const bars: Bars = {
      time: column(1, 2, 3, 4, 5),
      open: column(1, 1, 1, 1, 1),
      high: column(10, 12, 11, 14, 13),
      low: column(8, 9, 7, 10, 11),
      close: column(9, 11, 8, 13, 12),
      volume: column(1, 1, 1, 1, 1),
    };
    const { k, d } = stochastic(bars, 3, 2);
    // Ranges 7..12, 7..14, 7..14: (8-7)/5, (13-7)/7, (12-7)/7.
    expect([...k.subarray(2)]).toEqual([20, 600 / 7, 500 / 7]);
    expect(d[2]).toBeNaN();
    expect(d[3]).toBeCloseTo((20 + 600 / 7) / 2, 12);
    expect(d[4]).toBeCloseTo((600 / 7 + 500 / 7) / 2, 12);
  });

  it('is in the middle where nothing moved, and unknown before the window is full', () => {
    const flat = column(5, 5, 5);
    const { k } = stochastic(
      { time: column(1, 2, 3), open: flat, high: flat, low: flat, close: flat, volume: flat },
      3,
    );
    expect([...k]).toEqual([Number.NaN, Number.NaN, 50]);
  });
});

describe('divergence', () => {
  it('is bearish where a higher high comes with a lower MACD', () => {
    expect(divergence(column(1, 5, 2, 6), column(0, 3, 0, 2), 2)).toBe('bearish');
    expect(divergence(column(1, 5, 2, 6), column(0, 3, 0, 3), 2)).toBe('none');
    expect(divergence(column(1, 5, 2, 5), column(0, 3, 0, 2), 2)).toBe('none');
  });

  it('is bullish where a lower low comes with a higher MACD', () => {
    expect(divergence(column(9, 5, 8, 4), column(0, -3, 0, -2), 2)).toBe('bullish');
    expect(divergence(column(9, 5, 8, 4), column(0, Number.NaN, 0, -2), 2)).toBe('none');
    expect(divergence(column(9, 5, 8), column(0, -3, 0), 2)).toBe('none');
  });
});

describe('readings', () => {
  const bars = generateBars({ count: 60, seed: 3, intervalMs: 300_000 });

  it('leave the ADX unknown under 28 bars', () => {
    expect(readIndicators(sliceBars(bars, 0, 27)).adx).toBeNull();
    expect(readIndicators(sliceBars(bars, 0, 28)).adx).not.toBeNull();
  });

  it('are all known with 50 bars, and none of them without any', () => {
    const {
      bars: count,
      trend,
      divergence: parting,
      ...known
    } = readIndicators(sliceBars(bars, 10));
    expect(count).toBe(50);
    expect(Object.values(known).every((value) => value !== null)).toBe(true);
    expect([trend, parting].every((text) => text.length > 0)).toBe(true);
    expect(readIndicators(sliceBars(bars, 0, 0))).toMatchObject({ rsi: null, histogram: null });
  });

  it('take three histogram values for a trend, strictly', () => {
    expect(trendOf([1, 2, 3])).toBe('rising');
    expect(trendOf([3, 2, -1])).toBe('falling');
    expect(trendOf([1, 2, 2])).toBe('none');
    expect(trendOf([2, 3])).toBe('none');
    expect(trendOf([Number.NaN, 2, 3])).toBe('none');
  });
});

describe('validation', () => {
  const rules = ValidationRules.parse({});
  const good: Readings = {
    ...{ bars: 50, rsi: 50, histogram: 0.1, trend: 'none', divergence: 'none' },
    ...{ stochasticK: 50, stochasticD: 50, adx: 25 },
  };
  const verdict = (direction: 'bullish' | 'bearish', change: Partial<Readings>): string =>
    validateSignal(direction, { ...good, ...change }, rules).verdict;

  it('passes both sides where nothing speaks against them, and bypasses neutral', () => {
    expect([verdict('bullish', {}), verdict('bearish', {})]).toEqual(['PASS', 'PASS']);
    const neutral = validateSignal('neutral', { ...good, adx: 1 }, rules);
    expect(neutral).toMatchObject({ verdict: 'SKIPPED', reasons: [] });
  });

  it.each<readonly [string, Partial<Readings>, 'bullish' | 'bearish', string]>([
    ['an ADX below 20', { adx: 19.9 }, 'bullish', 'VETO'],
    ['an ADX below 20', { adx: 19.9 }, 'bearish', 'VETO'],
    ['an ADX of 20', { adx: 20 }, 'bullish', 'PASS'],
    ['an unknown ADX', { adx: null }, 'bullish', 'PASS'],
    ['an RSI above 70', { rsi: 70.1 }, 'bullish', 'VETO'],
    ['an RSI of 70', { rsi: 70 }, 'bullish', 'PASS'],
    ['an RSI above 70', { rsi: 70.1 }, 'bearish', 'PASS'],
    ['an RSI below 30', { rsi: 29.9 }, 'bearish', 'VETO'],
    ['an RSI of 30', { rsi: 30 }, 'bearish', 'PASS'],
    ['an RSI below 30', { rsi: 29.9 }, 'bullish', 'PASS'],
    ['a bearish divergence', { divergence: 'bearish' }, 'bullish', 'VETO'],
    ['a bearish divergence', { divergence: 'bearish' }, 'bearish', 'PASS'],
    ['a bullish divergence', { divergence: 'bullish' }, 'bearish', 'VETO'],
    ['a bullish divergence', { divergence: 'bullish' }, 'bullish', 'PASS'],
    ['a negative falling histogram', { histogram: -1, trend: 'falling' }, 'bullish', 'VETO'],
    ['a negative falling histogram', { histogram: -1, trend: 'falling' }, 'bearish', 'PASS'],
    ['a positive falling histogram', { histogram: 1, trend: 'falling' }, 'bullish', 'PASS'],
    ['a positive rising histogram', { histogram: 1, trend: 'rising' }, 'bearish', 'VETO'],
    ['a negative rising histogram', { histogram: -1, trend: 'rising' }, 'bearish', 'PASS'],
  ])('says of %s (%j) to a %s signal: %s', (_, change, direction, expected) => {
    expect(verdict(direction, change)).toBe(expected);
  });

  it('warns instead where veto mode is off, with the same reasons', () => {
    const bad = { ...good, adx: 10, rsi: 80 };
    const veto = validateSignal('bullish', bad, rules);
    const warning = validateSignal('bullish', bad, { ...rules, vetoMode: false });
    expect(veto.reasons).toEqual(['ADX 10.0 is below 20', 'RSI 80.0 is above 70']);
    expect(warning).toEqual({ ...veto, verdict: 'WARN' });
  });
});
