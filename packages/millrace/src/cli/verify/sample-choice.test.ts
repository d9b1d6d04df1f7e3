import { expect, test } from '@jest/globals';
import type { StageRecord } from '@millrace/core';
import { sampleCount, sampleOf } from './sample-choice.ts';

test.each([
  [true, 100, 20],
  [true, 3, 3],
  ['7', 100, 7],
  ['7', 3, 3],
  ['10%', 100, 10],
  ['10%', 3, 1],
  ['0.5%', 1000, 5],
  ['100%', 3, 3],
] as const)('a sample of %s from %s is %s', (amount, of, count) => {
  expect(sampleCount(amount, of)).toBe(count);
});

test.each(['0', '-1', '1.5', '0%', '101%', 'many', '', '5 %'])('%j is no amount', (amount) => {
  expect(sampleCount(amount, 100)).toBeUndefined();
});

test('a sample is the same for the same seed, and in the order of what it is drawn from', () => {
  const records = Array.from({ length: 50 }, (_, fence) => ({ fence }) as StageRecord);
  const drawn = (seed: number): readonly number[] =>
    sampleOf(records, 10, seed).map(({ fence }) => fence);
  expect(drawn(1)).toEqual(drawn(1));
  expect(drawn(1)).toEqual(drawn(1).toSorted((a, b) => a - b));
  expect(drawn(2)).not.toEqual(drawn(1));
});
