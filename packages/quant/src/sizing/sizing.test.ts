import { expect, test } from '@jest/globals';
import { kellySize } from './kelly-size.ts';
import { positionSize } from './position-size.ts';

const certain = { signal: 1, confidence: 0.5, regimeWeight: 0.8, toxicity: 0 };

test('the golden size: 1 x .5 x .8 x 1 x .5 is .2', () => {
  expect(positionSize(certain)).toBeCloseTo(0.2, 14);
  expect(positionSize({ ...certain, signal: -0.25, toxicity: 0.5 })).toBeCloseTo(-0.05, 14);
});

test('a small size is none, a large one is capped, and unknown toxicity is not trusted', () => {
  expect(positionSize({ ...certain, confidence: 0.02 })).toBe(0);
  expect(positionSize({ ...certain, signal: 0 })).toBe(0);
  expect(positionSize(certain, { scale: 10 })).toBe(1);
  expect(positionSize({ ...certain, toxicity: null })).toBeCloseTo(0.06, 14);
});

test('inputs that are no shares are refused by name', () => {
  expect(() => positionSize({ ...certain, confidence: Number.NaN })).toThrow('"confidence" is NaN');
  expect(() => positionSize({ ...certain, toxicity: 1.5 })).toThrow('"toxicity" is 1.5');
});

const bet = { side: 1, probability: 0.6, payoff: 2, regimeWeight: 1, toxicity: 0 };

test('Kelly by hand: .6 - .4 / 2 is .4, a quarter of it .1', () => {
  expect(kellySize(bet)).toEqual({ size: expect.closeTo(0.1, 14) });
  expect(kellySize({ ...bet, side: -1, regimeWeight: 0.5, toxicity: 0.2 }).size).toBeCloseTo(-0.04);
  expect(kellySize({ ...bet, probability: 1 }, { fraction: 0.5 }).size).toBe(0.2);
});

test.each([
  ['payoff-not-positive', { payoff: 0 }],
  ['payoff-not-positive', { payoff: Number.NaN }],
  ['probability-outside-0-and-1', { probability: Number.NaN }],
  ['probability-outside-0-and-1', { probability: 1.01 }],
  ['weight-outside-0-and-1', { regimeWeight: Number.NaN }],
  ['no-side', { side: 0 }],
  ['no-advantage', { probability: 1 / 3 }],
] as const)('no bet for the reason %s', (reason, change) => {
  expect(kellySize({ ...bet, ...change })).toEqual({ size: 0, reason });
});
