import { describe, expect, it } from '@jest/globals';
import { type Bars, generateBars, selectSamples } from '@millrace/quant';
import { computeFeatures } from './compute-features.ts';
import { FeatureSettings } from './feature-settings.ts';
import { labelBars } from './label-bars.ts';
import { LabelSettings } from './label-settings.ts';
import { nextReturns } from './next-returns.ts';
import { partSamples } from './part-samples.ts';

function barsOf(close: readonly number[], volume = close.map(() => 100)): Bars {
  const prices = Float64Array.from(close);
  return {
    time: Float64Array.from(close.keys()),
    ...{ open: prices, high: prices, low: prices, close: prices },
    volume: Float64Array.from(volume),
  };
}

const settings = FeatureSettings.parse({
  returns: [1, 2],
  averages: [2],
  strength: 2,
  volatility: [2, 3],
  volume: 2,
});

describe('computeFeatures', () => {
  const table = computeFeatures(barsOf([100, 110, 99, 99], [10, 30, 30, 90]), settings);
  const column = (name: string) => table.columns[table.names.indexOf(name)] ?? new Float64Array();

  it('gives the values that were worked out by hand', () => {
    // ln(110 / 100) = .09531, ln(99 / 110) = -.10536, ln(99 / 99) = 0.
    expect(column('return_1')[2]).toBeCloseTo(-0.10536, 5);
    // ln(99 / 100) = -.01005.
    expect(column('return_2')[2]).toBeCloseTo(-0.01005, 5);
    // 99 / ((110 + 99) / 2) - 1 = 99 / 104.5 - 1 = -.05263.
    expect(column('sma_gap_2')[2]).toBeCloseTo(-0.05263, 5);
    // Gains 10 and losses 11 over two days: 10 / (10 + 11) = .47619.
    expect(column('rsi_2')[2]).toBeCloseTo(0.47619, 5);
    // Of .09531 and -.10536: half of the distance .20067 times the root of 2 = .14190.
    expect(column('volatility_2')[2]).toBeCloseTo(0.1419, 4);
    // 30 / ((30 + 30) / 2) = 1, 90 / ((30 + 90) / 2) = 1.5.
    expect([...column('volume_ratio_2')].slice(2)).toEqual([1, 1.5]);
  });

  it('is NaN until its window is full', () => {
    expect(column('return_2').findIndex((value) => !Number.isNaN(value))).toBe(2);
    expect(column('volatility_2_over_3').findIndex((value) => !Number.isNaN(value))).toBe(3);
  });

  it('has a value where nobody traded and nothing moved', () => {
    const still = computeFeatures(barsOf([5, 5, 5, 5, 5], [0, 0, 0, 0, 0]), settings);
    const last = Object.fromEntries(
      still.names.map((name, at) => [name, still.columns[at]?.at(-1)]),
    );
    expect(last).toMatchObject({
      volume_ratio_2: 1,
      volatility_2: 0,
      volatility_2_over_3: 1,
      sma_gap_2: 0,
    });
  });

  it('rests on a bar and those before it only', () => {
    const bars = generateBars({ count: 400, seed: 3 });
    const short = generateBars({ count: 300, seed: 3 });
    const usual = FeatureSettings.parse({});
    const [long, cut] = [computeFeatures(bars, usual), computeFeatures(short, usual)];
    expect(long.columns.map((values) => [...values.subarray(0, 300)])).toEqual(
      cut.columns.map((values) => [...values]),
    );
  });

  it('looks ahead where a leak is planted, and says so in the name', () => {
    const leaking = computeFeatures(barsOf([100, 110, 99, 99]), { ...settings, plantLeak: true });
    expect(leaking.names.at(-1)).toBe('return_of_tomorrow');
    expect(leaking.columns.at(-1)?.[0]).toBeCloseTo(Math.log(1.1), 12);
  });
});

describe('labelBars', () => {
  it('labels a day by the next close, an unchanged one 0, and the last day not at all', () => {
    const { index, end, labels, weights } = labelBars(barsOf([10, 11, 11, 9, 12]), {
      kind: 'next-day',
    });
    expect([...labels]).toEqual([1, 0, 0, 1]);
    expect([...index]).toEqual([0, 1, 2, 3]);
    expect([...end]).toEqual([1, 2, 3, 4]);
    expect([...weights]).toEqual([1, 1, 1, 1]);
  });

  it('labels a day by the first of three barriers where that is wanted', () => {
    const bars = generateBars({ count: 600, seed: 2, volatility: 0.01 });
    const settings = LabelSettings.parse({ kind: 'triple-barrier', horizon: 5 });
    const { index, end, weights } = labelBars(bars, settings);
    const spans = end.map((at, event) => at - (index[event] ?? 0));
    expect(Math.min(...spans)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...spans)).toBe(5);
    // Labels that overlap weigh less than one that stands alone.
    expect(Math.max(...weights)).toBeLessThanOrEqual(1);
    expect(Math.min(...weights)).toBeLessThan(0.5);
  });
});

describe('partSamples', () => {
  const bars = generateBars({ count: 400, seed: 2, volatility: 0.01 });
  const table = computeFeatures(bars, FeatureSettings.parse({}));
  const split = { validationFrom: 280, testFrom: 340, bars: 400, days: ['', '', '', ''] as const };
  const partsOf = (settings: LabelSettings) => {
    const labelled = labelBars(bars, settings);
    const samples = selectSamples(table, labelled, labelled.labels, labelled.weights);
    return { samples, parts: partSamples(samples, { ...split, days: ['', '', '', ''] }) };
  };

  it('purges the one day before each border whose label is known only beyond it', () => {
    const { samples, parts } = partsOf({ kind: 'next-day' });
    const first = samples.starts[0] ?? 0;
    const startsOf = (rows: Int32Array) => [...rows].map((row) => samples.starts[row]);
    // Day 279 is the last of the training; its label is known at 280, where the validation begins.
    expect(startsOf(parts.train)).toEqual(range(first, 279));
    expect(startsOf(parts.validation)).toEqual(range(280, 339));
    expect(startsOf(parts.test)).toEqual(range(340, 399));
    expect(parts.purged).toBe(2);
  });

  it('purges every label that reaches over a border, however far', () => {
    const horizon = { kind: 'triple-barrier', takeProfit: 0, stopLoss: 0, horizon: 10 } as const;
    const { samples, parts } = partsOf(LabelSettings.parse(horizon));
    // With the vertical barrier alone each label takes ten days: ten days before each border are purged.
    expect(parts.purged).toBe(20);
    for (const [rows, border] of [
      [parts.train, 280],
      [parts.validation, 340],
    ] as const) {
      expect(Math.max(...[...rows].map((row) => samples.ends[row] ?? 0))).toBeLessThan(border);
    }
  });

  it('refuses a part that is too small to say anything', () => {
    const labelled = labelBars(bars, { kind: 'next-day' });
    const samples = selectSamples(table, labelled, labelled.labels);
    const late = {
      ...split,
      testFrom: 380,
      days: ['', '', '', ''] as [string, string, string, string],
    };
    expect(() => partSamples(samples, late)).toThrow(
      'the test part has 19 samples, expected at least 30',
    );
  });
});

it('knows what each day is followed by', () => {
  const samples = { starts: Int32Array.of(0, 2), ends: Int32Array.of(1, 3) };
  const bars = barsOf([100, 110, 88, 99]);
  const returns = nextReturns(bars, {
    ...samples,
    features: { names: [], columns: [] },
    labels: Uint8Array.of(1, 1),
    weights: Float64Array.of(1, 1),
  });
  // 110 / 100 - 1 = .1 and 99 / 88 - 1 = .125.
  expect(returns[0]).toBeCloseTo(0.1, 12);
  expect(returns[1]).toBeCloseTo(0.125, 12);
});

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, at) => from + at);
