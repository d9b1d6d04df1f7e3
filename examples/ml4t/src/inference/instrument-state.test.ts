import { expect, test } from '@jest/globals';
import {
  generateBars,
  PRICE_FEATURES,
  priceFeatures,
  readRegime,
  regimeCode,
  rowOf,
  sliceBars,
  vpinColumn,
} from '@millrace/quant';
import fc from 'fast-check';
import { defaultSettings } from '../config/settings.ts';
import { barsOf, listOf } from '../testing-local/signals.ts';
import { InstrumentState } from './instrument-state.ts';

const settings = defaultSettings();
const bars = generateBars({ count: 400, seed: 9, persistence: 0.4 });
const table = priceFeatures(bars);

function expectClose(live: Readonly<Float64Array> | undefined, batch: Float64Array): void {
  for (const [at, value] of batch.entries())
    expect(Math.abs((live?.[at] ?? Number.NaN) - value)).toBeLessThanOrEqual(
      1e-9 * Math.max(1, Math.abs(value)),
    );
}

test('however the bars are cut into signals, features and toxicity are those of all bars in one go', () => {
  const vpin = vpinColumn(bars, { bucketVolume: 1000 });
  const cuts = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(cuts, fc.integer({ min: 100, max: 160 }), (news, window) => {
      const state = new InstrumentState('X', settings);
      let end = window;
      state.take(sliceBars(bars, 0, end));
      for (const fresh of news) {
        end = Math.min(bars.close.length, end + fresh);
        state.take(sliceBars(bars, end - window, end));
      }
      expectClose(state.row, rowOf(table, end - 1));
      expect(state.toxicity).toBeCloseTo(vpin[end - 1] ?? Number.NaN, 9);
    }),
  );
});

test('the regime is that of the feature', () => {
  const state = new InstrumentState('X', settings);
  for (let end = 100; end <= 400; end++) {
    state.take(sliceBars(bars, end - 100, end));
    const kind = state.regime?.kind;
    const code = state.row?.[PRICE_FEATURES.indexOf('regime')];
    expect(kind === undefined ? undefined : regimeCode(kind)).toBe(code);
  }
  expect(readRegime(0.9, 1).kind).toBe('trend');
});

test('a signal with one new bar pushes one bar', () => {
  const state = new InstrumentState('X', settings);
  expect(state.take(sliceBars(bars, 0, 100)).taken).toBe(100);
  expect(state.take(sliceBars(bars, 1, 101)).taken).toBe(1);
  expect(state.take(sliceBars(bars, 1, 101)).taken).toBe(0);
});

test('repeated, late and faulty bars are counted and change nothing', () => {
  const clean = new InstrumentState('X', settings);
  clean.take(sliceBars(bars, 0, 150));
  const list = listOf(sliceBars(bars, 0, 150));
  const [first, second] = [list[20], list[120]];
  if (first === undefined || second === undefined) throw new Error('no bars');
  const dirty = [
    ...list.slice(0, 130),
    second,
    first,
    { ...second, time: second.time + 1, close: Number.NaN },
    { ...second, time: Number.NaN },
    { ...second, time: second.time + 2, high: 0.01 },
    ...list.slice(130, 140),
    ...list.slice(139),
  ];
  const state = new InstrumentState('X', settings);
  const counts = state.take(barsOf(dirty));
  expect(counts).toMatchObject({ taken: 150, duplicate: 1, outOfOrder: 2, faulty: 3 });
  expect(state.row).toEqual(clean.row);
  expect(state.toxicity).toBe(clean.toxicity);
});

test('gaps in time are counted and never filled', () => {
  const list = listOf(sliceBars(bars, 0, 150)).filter(
    (_, at) => at !== 60 && at !== 61 && at !== 90,
  );
  expect(new InstrumentState('X', settings).take(barsOf(list))).toMatchObject({
    taken: 147,
    gaps: 2,
  });
});

test('bars without trades are taken, and toxicity stays as it is', () => {
  const state = new InstrumentState('X', settings);
  state.take(sliceBars(bars, 0, 150));
  const before = state.toxicity;
  const still = listOf(sliceBars(bars, 51, 151)).map((bar) =>
    bar.time > (bars.time[149] ?? 0) ? { ...bar, volume: 0 } : bar,
  );
  expect(state.take(barsOf(still))).toMatchObject({ taken: 1, withoutVolume: 1 });
  expect(state.toxicity).toBe(before);
  expect(state.row?.[PRICE_FEATURES.indexOf('volume_ratio')]).toBe(0);
});

test('bars that never trade give a known row and an unknown toxicity', () => {
  const still = listOf(sliceBars(bars, 0, 100)).map((bar) => ({ ...bar, volume: 0 }));
  const state = new InstrumentState('X', settings);
  state.take(barsOf(still));
  expect(state.row?.[PRICE_FEATURES.indexOf('volume_ratio')]).toBe(1);
  expect(state.toxicity).toBeNull();
});

test('bars that do not join those before begin anew, as a new state would from them', () => {
  const state = new InstrumentState('X', settings);
  state.take(sliceBars(bars, 0, 100));
  expect(state.take(sliceBars(bars, 200, 320))).toMatchObject({ taken: 120, resynchronised: true });
  const other = new InstrumentState('X', settings);
  other.take(sliceBars(bars, 200, 320));
  expect(state.row).toEqual(other.row);
  expect(state.toxicity).toBe(other.toxicity);
});

test('toxicity may be a rank, and an instrument may have buckets of its own', () => {
  const ranked = defaultSettings({ vpin: { toxicity: 'rank', bucketVolumes: { BIG: 1e9 } } });
  const state = new InstrumentState('X', ranked);
  const big = new InstrumentState('BIG', ranked);
  state.take(sliceBars(bars, 0, 300));
  big.take(sliceBars(bars, 0, 300));
  expect(state.toxicity).toBeGreaterThanOrEqual(0);
  expect(state.toxicity).toBeLessThanOrEqual(1);
  expect(big.toxicity).toBeNull();
});
