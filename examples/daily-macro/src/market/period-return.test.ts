import { describe, expect, it } from '@jest/globals';
import { parBondPrice, periodReturn } from './period-return.ts';

describe('the price of a par bond', () => {
  it('is 1 while the yield stays', () => {
    expect(parBondPrice(0.06, 0.06, 10)).toBeCloseTo(1, 12);
  });

  it('is the sum of its discounted payments', () => {
    // One year, coupon 6 %, yield 8 %: .03 / 1.04 + 1.03 / 1.04^2 = .0288462 + .9522929.
    expect(parBondPrice(0.06, 0.08, 1)).toBeCloseTo(0.981_139_1, 7);
  });

  it('is the undiscounted sum at a yield of zero', () => {
    expect(parBondPrice(0.06, 0, 5)).toBeCloseTo(1.3, 12);
  });
});

describe('the return over a period', () => {
  it('of a bond is carry plus repricing', () => {
    // 8 % over 365.25 days is .08; the price stays.
    expect(periodReturn({ kind: 'bond', years: 1 }, 8, 8, 365.25)).toBeCloseTo(0.08, 12);
    // From 6 to 8 %: .9811391 - 1, no time passed.
    expect(periodReturn({ kind: 'bond', years: 1 }, 6, 8, 0)).toBeCloseTo(-0.018_860_9, 7);
  });

  it('of a price is its change, of a quote against the dollar the inverse', () => {
    expect(periodReturn({ kind: 'price' }, 100, 110, 1)).toBeCloseTo(0.1, 12);
    // From 125 to 100 yen a dollar, a yen gains a quarter.
    expect(periodReturn({ kind: 'inverse' }, 125, 100, 1)).toBeCloseTo(0.25, 12);
  });
});
