import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { generateBars } from '../bars/generate-bars.ts';
import { normalShareBelow } from '../base/normal-distribution.ts';
import { ToxicityRank, toxicityLevel } from './toxicity.ts';
import { Vpin } from './vpin.ts';
import { averageDailyVolume, vpinColumn } from './vpin-column.ts';

const bar = (close: number, volume: number) => ({ open: close, close, volume });

test('by the tick rule, by hand: buckets of 10 with imbalances 0, 5 and 10', () => {
  const vpin = new Vpin({ bucketVolume: 10, buckets: 3, classification: 'tick' });
  // The first bar has no change: half of its 10 is bought.
  expect(vpin.push(bar(100, 10))).toBeNull();
  // 7.5 bought after a rise, then 2.5 sold after a fall: |7.5 - 2.5| = 5.
  vpin.push(bar(101, 7.5));
  vpin.push(bar(100, 2.5));
  expect(vpin.value).toBeNull();
  expect(vpin.filled).toBe(2);
  // No change repeats the fall: 10 sold. (0 + 5 + 10) / 30.
  expect(vpin.push(bar(100, 10))).toBeCloseTo(0.5, 14);
  // Inside an open bucket it stays.
  expect(vpin.push(bar(105, 9))).toBeCloseTo(0.5, 14);
});

test('a bar across a border is split pro rata, and may fill several buckets', () => {
  const vpin = new Vpin({ bucketVolume: 10, buckets: 2, classification: 'tick' });
  vpin.push(bar(100, 4));
  // 26 bought: 6 close the first bucket with 2 + 6 against 2, then two whole ones.
  vpin.push(bar(101, 26));
  expect(vpin.filled).toBe(3);
  expect(vpin.openVolume).toBe(0);
  expect(vpin.value).toBe(1);
});

test('bulk volume by hand: the share bought is that below the change over its deviation', () => {
  const vpin = new Vpin({ bucketVolume: 10, buckets: 1, deviationWindow: 2 });
  vpin.push(bar(100, 10));
  vpin.push(bar(101, 10));
  // Until two changes are known, half is bought.
  expect(vpin.push(bar(100, 10))).toBe(0);
  // Changes 1, -1: deviation sqrt 2. The third is 2: |2 Phi(2 / sqrt 2) - 1|.
  expect(vpin.push(bar(102, 10))).toBeCloseTo(2 * normalShareBelow(Math.SQRT2) - 1, 14);
});

test('inside the bar, the change is from its own open', () => {
  const vpin = new Vpin({
    bucketVolume: 10,
    buckets: 1,
    classification: 'tick',
    changeFrom: 'open',
  });
  expect(vpin.push({ open: 99, close: 100, volume: 10 })).toBe(1);
});

test('without deviation, and without volume, nothing is toxic and nothing moves', () => {
  const vpin = new Vpin({ bucketVolume: 10, buckets: 2, deviationWindow: 2 });
  for (let count = 0; count < 5; count++) vpin.push(bar(100, 10));
  expect(vpin.value).toBe(0);
  vpin.push(bar(120, 0));
  expect(vpin.value).toBe(0);
  expect(vpin.openVolume).toBe(0);
});

test('volumes that are none are refused', () => {
  const vpin = new Vpin({ bucketVolume: 10 });
  expect(() => vpin.push(bar(100, Number.NaN))).toThrow('"volume" is NaN');
  expect(() => vpin.push(bar(100, -1))).toThrow('"volume" is -1');
  expect(() => vpin.push(bar(Number.NaN, 1))).toThrow('"open and close" is NaN');
  expect(() => new Vpin({ bucketVolume: 0 })).toThrow('"bucketVolume" is 0');
});

test('volume is conserved, and the value stays within 0 and 1, whatever comes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 50, max: 150 }), fc.integer({ min: 0, max: 500 })), {
        maxLength: 100,
      }),
      fc.constantFrom('bulk' as const, 'tick' as const),
      (bars, classification) => {
        const vpin = new Vpin({ bucketVolume: 16, buckets: 4, classification });
        let total = 0;
        for (const [close, volume] of bars) {
          total += volume;
          const value = vpin.push(bar(close, volume));
          expect(vpin.filled * 16 + vpin.openVolume).toBeCloseTo(total, 8);
          expect(value === null).toBe(vpin.filled < 4);
          if (value !== null) expect(value >= 0 && value <= 1).toBe(true);
        }
      },
    ),
    { numRuns: 300, seed: 9 },
  );
});

test('the column gives what the live value gives, from no later bar', () => {
  const bars = generateBars({ count: 500, seed: 6 });
  const options = { bucketVolume: 2000, buckets: 20 };
  const column = vpinColumn(bars, options);
  const firstKnown = column.findIndex((value) => !Number.isNaN(value));
  expect(firstKnown).toBeGreaterThan(20);
  const vpin = new Vpin(options);
  for (const [at, close] of bars.close.entries()) {
    const live = vpin.push({ open: close, close, volume: bars.volume[at] as number });
    expect(live ?? Number.NaN).toBe(column[at]);
  }
});

test('the average day leaves out the last one, which may still grow', () => {
  const bars = generateBars({ count: 25, seed: 1, intervalMs: 3_600_000 });
  const whole = bars.volume.subarray(0, 23).reduce((sum, volume) => sum + volume, 0);
  expect(averageDailyVolume(bars)).toBe(whole);
  expect(averageDailyVolume(generateBars({ count: 5, seed: 1 }))).toBeUndefined();
});

test('toxicity has levels, and unknown is not low', () => {
  expect([null, Number.NaN, 0, 0.29, 0.3, 0.69, 0.7, 1].map(toxicityLevel)).toEqual([
    'unknown',
    'unknown',
    'low',
    'low',
    'medium',
    'medium',
    'high',
    'high',
  ]);
});

test('a rank is the share of the values before it that are lower, ties half', () => {
  const rank = new ToxicityRank(3);
  // Against nothing; 1; 1, 2; 1, 2, 2; then 2, 2, 2 of which all are equal.
  expect([1, 2, 2, 2, 2].map((value) => rank.push(value))).toEqual([
    null,
    1,
    expect.closeTo(1.5 / 2, 14),
    expect.closeTo(2 / 3, 14),
    0.5,
  ]);
  expect(rank.push(null)).toBeNull();
});
