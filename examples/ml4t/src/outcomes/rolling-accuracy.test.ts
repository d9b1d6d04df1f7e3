import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RollingAccuracy } from './rolling-accuracy.ts';

test('it is the share of right ones among the newest, and unknown with too few', () => {
  const outcomes = fc.array(fc.boolean(), { maxLength: 60 });
  fc.assert(
    fc.property(
      outcomes,
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 10 }),
      (all, window, least) => {
        const rolling = new RollingAccuracy(window, least);
        for (const [at, isRight] of all.entries()) {
          rolling.push(isRight);
          const newest = all.slice(Math.max(0, at + 1 - window), at + 1);
          const share = newest.filter(Boolean).length / newest.length;
          expect(rolling.value).toBe(newest.length < least ? undefined : share);
          expect(rolling.count).toBe(newest.length);
        }
      },
    ),
  );
});

test('after it is cleared nothing of before counts', () => {
  const rolling = new RollingAccuracy(4, 2);
  for (let at = 0; at < 6; at++) rolling.push(true);
  rolling.clear();
  rolling.push(false);
  expect(rolling.value).toBeUndefined();
  rolling.push(false);
  expect(rolling.value).toBe(0);
});
