import { expect, test } from '@jest/globals';
import { generateBars } from './generate-bars.ts';
import { readBars } from './read-bars.ts';

test('the same seed gives the same bars, another one others', () => {
  const [one, again, other] = [7, 7, 8].map((seed) => generateBars({ count: 50, seed }));
  expect(again).toEqual(one);
  expect(other?.close).not.toEqual(one?.close);
});

test('generated bars pass the checks of real ones', () => {
  const { report } = readBars(generateBars({ count: 500, seed: 1, persistence: 0.5 }), {
    intervalMs: 60_000,
  });
  expect(report).toMatchObject({ kept: 500, faulty: {}, gaps: 0 });
});

test('a random walk favours no side, in its wicks', () => {
  const bars = generateBars({ count: 60_000, seed: 7 });
  const { open, high, low, close } = bars;
  const up = mean(close, (price, at) => (high[at] ?? 0) - Math.max(price, open[at] ?? 0));
  const down = mean(close, (price, at) => Math.min(price, open[at] ?? 0) - (low[at] ?? 0));
  expect(up / down).toBeGreaterThan(0.97);
  expect(up / down).toBeLessThan(1.03);
});

function mean(column: Float64Array, of: (value: number, at: number) => number): number {
  return column.reduce((sum, value, at) => sum + of(value, at), 0) / column.length;
}
