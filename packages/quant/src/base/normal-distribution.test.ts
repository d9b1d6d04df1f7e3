import { expect, test } from '@jest/globals';
import { normalDensity, normalShareBelow } from './normal-distribution.ts';

test('the share below agrees with the tables to 15 digits', () => {
  // Abramowitz and Stegun, table 26.1.
  expect(normalShareBelow(0)).toBe(0.5);
  expect(normalShareBelow(1)).toBeCloseTo(0.841344746068543, 14);
  expect(normalShareBelow(1.96)).toBeCloseTo(0.975002104851779, 14);
  expect(normalShareBelow(-3)).toBeCloseTo(0.00134989803163009, 16);
});

test('the far tails stay accurate in proportion, and end in 0 and 1', () => {
  expect(normalShareBelow(-8) / 6.22096057427178e-16).toBeCloseTo(1, 7);
  expect(normalShareBelow(-40)).toBe(0);
  expect(normalShareBelow(40)).toBe(1);
  expect(normalShareBelow(Number.NEGATIVE_INFINITY)).toBe(0);
  expect(normalShareBelow(Number.NaN)).toBeNaN();
});

test('the density is the slope of the share', () => {
  for (const x of [-2.5, -0.3, 0, 1.7]) {
    const slope = (normalShareBelow(x + 1e-5) - normalShareBelow(x - 1e-5)) / 2e-5;
    expect(slope).toBeCloseTo(normalDensity(x), 9);
  }
});
