import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Bar, type Bars, barAt, sliceBars } from '../bars/bars.ts';
import { generateBars } from '../bars/generate-bars.ts';
import { FeatureEngine } from './feature-engine.ts';
import { PRICE_FEATURES, warmUpBars } from './feature-options.ts';
import { rowOf } from './feature-table.ts';
import { priceFeatures } from './price-features.ts';

function expectEqual(bars: Bars, options: Parameters<typeof priceFeatures>[1] = {}): void {
  const table = priceFeatures(bars, options);
  const engine = new FeatureEngine(options);
  for (let at = 0; at < bars.close.length; at++) {
    const outcome = engine.push(barAt(bars, at));
    expect(outcome).toBe(at + 1 < warmUpBars(options) ? 'warming' : 'ready');
    const batch = rowOf(table, at);
    for (const [feature, live] of engine.row.entries()) {
      const other = batch[feature] as number;
      if (Number.isNaN(live) && Number.isNaN(other)) continue;
      const allowed = 1e-9 * Math.max(1, Math.abs(other));
      if (Math.abs(live - other) > allowed)
        throw new Error(`${PRICE_FEATURES[feature]} at bar ${at}: ${live} and ${other}`);
    }
  }
}

test('bar by bar and in one go the features are equal to 1e-9, over 5,000 bars', () => {
  expectEqual(generateBars({ count: 5000, seed: 1, persistence: 0.3 }));
});

test('they are equal for bars with pauses, jumps and no volume', () => {
  const anyBar = fc.record({
    /** In cents; a repeated price is a pause. */
    close: fc.oneof(fc.constant(10_000), fc.integer({ min: 5000, max: 20_000 })),
    wick: fc.integer({ min: 0, max: 50 }),
    volume: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1000 })),
  });
  fc.assert(
    fc.property(fc.array(anyBar, { minLength: 30, maxLength: 80 }), (list) => {
      const column = (of: (bar: (typeof list)[number], at: number) => number) =>
        Float64Array.from(list, of);
      const close = column((bar) => bar.close / 100);
      const bars: Bars = {
        time: column((_, at) => at),
        open: close,
        high: column((bar) => (bar.close + bar.wick) / 100),
        low: column((bar) => (bar.close - bar.wick) / 100),
        close,
        volume: column((bar) => bar.volume),
      };
      expectEqual(bars, { window: 5, atrWindow: 3, slowWindow: 12 });
    }),
    { numRuns: 150, seed: 3 },
  );
});

test('the features of four bars by hand', () => {
  const close = new Float64Array([1, 2, 4, 4]).map((price) => price * 100);
  const bars: Bars = {
    time: new Float64Array([1, 2, 3, 4]),
    open: close,
    high: close,
    low: close,
    close,
    volume: new Float64Array([10, 10, 30, 10]),
  };
  const options = { window: 2, atrWindow: 2, slowWindow: 2 };
  const row = rowOf(priceFeatures(bars, options), 3);
  const ln2 = Math.log(2);
  // Returns ln 2, ln 2, 0: deviations 0 then ln 2 / sqrt 2, whose own deviation is half of ln 2.
  const volatility = ln2 / Math.SQRT2;
  // Ranges 100, 200, 0: (100 + 200) / 2 = 150, then 75.
  expect([...row]).toEqual([
    expect.closeTo(volatility, 12),
    expect.closeTo(75 / 400, 12),
    expect.closeTo(ln2, 12),
    expect.closeTo(ln2 / 2, 12),
    expect.closeTo(Math.SQRT2, 12),
    0,
    expect.closeTo(10 / 20, 12),
    1,
  ]);
});

test('a flat market has defined features', () => {
  const engine = new FeatureEngine({ window: 3, slowWindow: 3 });
  for (let time = 1; time <= 20; time++) {
    engine.push({ time, open: 7, high: 7, low: 7, close: 7, volume: 0 });
  }
  // No volatility, range, momentum, strength, deviation; the usual volume; a range.
  expect([...engine.row]).toEqual([0, 0, 0, 0, 0, 0, 1, 0]);
});

test('bars that cannot be used are named, and leave the features as they were', () => {
  const bars = generateBars({ count: 100, seed: 2 });
  const engine = new FeatureEngine();
  for (let at = 0; at < 90; at++) engine.push(barAt(bars, at));
  const before = [...engine.row];
  const good = barAt(bars, 90);
  const outcome = (change: Partial<Bar>) => engine.push({ ...good, ...change });
  expect(outcome({ close: Number.NaN })).toBe('price-not-positive');
  expect(outcome({ time: bars.time[89] as number })).toBe('duplicate');
  expect(outcome({ time: bars.time[88] as number })).toBe('out-of-order');
  expect(outcome({ volume: -1 })).toBe('volume-negative');
  expect([...engine.row]).toEqual(before);
  expect(engine.push(good)).toBe('ready');
  expect([...engine.row]).toEqual(
    [...rowOf(priceFeatures(sliceBars(bars, 0, 91)), 90)].map((value) => expect.closeTo(value, 9)),
  );
});

test('no feature of a bar changes when later bars come', () => {
  const bars = generateBars({ count: 300, seed: 8 });
  const whole = priceFeatures(bars);
  const early = priceFeatures(sliceBars(bars, 0, 200));
  for (const [feature, column] of early.columns.entries()) {
    expect([...column]).toEqual([...(whole.columns[feature]?.subarray(0, 200) ?? [])]);
  }
});
