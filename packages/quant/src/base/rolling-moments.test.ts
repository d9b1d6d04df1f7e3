import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RollingMoments } from './rolling-moments.ts';

const twoPass = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(spread / (values.length - 1)) };
};

test('a window of 3 over 1, 2, 4, 4 has the deviation of each three', () => {
  const moments = new RollingMoments(3);
  const seen = [1, 2, 4, 4].map((value) => {
    moments.push(value);
    return moments.deviation;
  });
  // mean 7/3: (16 + 1 + 25) / 9 = 42/9, over 2; then mean 10/3: (16 + 4 + 4) / 9 = 24/9, over 2.
  expect(seen).toEqual([
    Number.NaN,
    Number.NaN,
    Math.sqrt(21 / 9),
    expect.closeTo(Math.sqrt(12 / 9), 15),
  ]);
});

test('the figures are those of a fresh two-pass calculation', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.integer({ min: -(2 ** 30), max: 2 ** 30 }).map((value) => value / 1000),
        { minLength: 4, maxLength: 60 },
      ),
      (values) => {
        const moments = new RollingMoments(4);
        for (const [at, value] of values.entries()) {
          moments.push(value);
          if (at < 3) continue;
          const window = values.slice(at - 3, at + 1);
          const fresh = twoPass(window);
          const scale = Math.max(...window.map(Math.abs));
          expect(Math.abs(moments.mean - fresh.mean)).toBeLessThanOrEqual(1e-10 * scale);
          expect(Math.abs(moments.deviation - fresh.deviation)).toBeLessThanOrEqual(1e-10 * scale);
        }
      },
    ),
    { numRuns: 300, seed: 7 },
  );
});

test('a large value that has left the window leaves nothing behind', () => {
  const moments = new RollingMoments(5);
  moments.push(0.9);
  for (let count = 0; count < 5; count++) moments.push(1e-4);
  expect(moments.mean).toBe(1e-4);
  expect(moments.deviation).toBeLessThan(1e-15);
});
