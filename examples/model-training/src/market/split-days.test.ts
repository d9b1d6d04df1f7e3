import { expect, it } from '@jest/globals';
import { generateBars } from '@millrace/quant';
import { DAY_MS } from '../base/day.ts';
import { SplitShares, splitDays } from './split-days.ts';

const bars = (count: number) => generateBars({ count, seed: 1, intervalMs: DAY_MS });

it('splits 70 / 15 / 15 by time, rounding down', () => {
  // 20 x .7 = 14, 20 x .85 = 17; the first bar ends on 1970-01-02.
  expect(splitDays(bars(20), SplitShares.parse({}))).toEqual({
    validationFrom: 14,
    testFrom: 17,
    bars: 20,
    days: ['1970-01-02', '1970-01-16', '1970-01-19', '1970-01-21'],
  });
  // 6,409 x .7 = 4,486.3 and 6,409 x .85 = 5,447.65.
  expect(splitDays(bars(6409), SplitShares.parse({}))).toMatchObject({
    validationFrom: 4486,
    testFrom: 5447,
  });
  // .7 x 10 is 6.999... in binary.
  expect(splitDays(bars(10), SplitShares.parse({})).validationFrom).toBe(7);
});

it('wants something left for the test', () => {
  const shares = SplitShares.safeParse({ train: 0.8, validation: 0.2 });
  expect(shares.error?.issues[0]?.message).toMatch(/must leave .05 or more for the test/);
});
