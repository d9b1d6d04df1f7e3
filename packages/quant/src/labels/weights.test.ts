import { expect, test } from '@jest/globals';
import { generateBars } from '../bars/generate-bars.ts';
import { averageTrueRange } from '../indicators/average-true-range.ts';
import { averageUniqueness, concurrency } from './average-uniqueness.ts';
import { barrierTargets } from './barrier-target.ts';
import { TOUCH } from './barrier-walk.ts';
import { directionLabels, metaLabels } from './meta-label.ts';

const labels = {
  index: new Int32Array([0, 1, 2, 3]),
  end: new Int32Array([2, 2, 4, 4]),
  touch: Uint8Array.of(TOUCH.takeProfit, TOUCH.stopLoss, TOUCH.vertical, TOUCH.vertical),
  outcome: new Float64Array([0.02, -0.01, 0.001, -0.001]),
  side: new Int8Array([1, -1, -1, 1]),
  target: new Float64Array(4).fill(0.01),
  unresolved: 0,
};

test('a meta-label is 1 where the side made more than its cost', () => {
  expect([...metaLabels(labels)]).toEqual([1, 0, 1, 0]);
  expect([...metaLabels(labels, 0.001)]).toEqual([1, 0, 0, 0]);
});

test('a direction is that of the price: a stopped short went up', () => {
  expect([...directionLabels(labels)]).toEqual([1, 1, -1, -1]);
  expect([...directionLabels(labels, 'zero')]).toEqual([1, 1, 0, 0]);
});

test('uniqueness by hand: spans 0-2, 1-2 and 4-4', () => {
  const [starts, ends] = [new Int32Array([0, 1, 4]), new Int32Array([2, 2, 4])];
  expect([...concurrency(starts, ends, 5)]).toEqual([1, 2, 2, 0, 1]);
  // (1 + 1/2 + 1/2) / 3, (1/2 + 1/2) / 2, and alone.
  expect([...averageUniqueness(starts, ends)]).toEqual([
    expect.closeTo(2 / 3, 14),
    expect.closeTo(1 / 2, 14),
    expect.closeTo(1, 14),
  ]);
});

test('targets are shares of the price, and rest on no later bar', () => {
  const bars = generateBars({ count: 200, seed: 4 });
  const byRange = barrierTargets(bars, { kind: 'atr', window: 14 });
  const ranges = averageTrueRange(bars, 14);
  expect(byRange[50]).toBe((ranges[50] as number) / (bars.close[50] as number));
  const byDeviation = barrierTargets(bars, { kind: 'deviation', span: 100 });
  const cut = barrierTargets(
    { ...bars, close: bars.close.slice(0, 100) },
    { kind: 'deviation', span: 100 },
  );
  expect([...cut]).toEqual([...byDeviation.subarray(0, 100)]);
  expect(byDeviation[199]).toBeGreaterThan(0.0005);
});
