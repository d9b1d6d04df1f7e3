import type { Pricing } from './instrument.ts';

const DAYS_A_YEAR = 365.25;

/**
 * Price of a par bond after its yield moved from `coupon` to `rate` (fractions a year, paid twice a year), per 1 of
 * face: c/y (1 - d) + d with d = (1 + y/2)^(-2 years). Zero yields are taken to the limit.
 */
export function parBondPrice(coupon: number, rate: number, years: number): number {
  if (Math.abs(rate) < 1e-12) return 1 + coupon * years;
  const discount = (1 + rate / 2) ** (-2 * years);
  return (coupon / rate) * (1 - discount) + discount;
}

/**
 * Return over `elapsedDays` as a fraction. A bond earns its old yield and is repriced at the new one at constant
 * maturity (L. Swinkels, "Treasury bond return data starting in 1962", Data 4(3), 2019, without roll-down).
 * The rest is price change only: no dividends, no interest on currencies, no storage.
 */
export function periodReturn(
  pricing: Pricing,
  before: number,
  now: number,
  elapsedDays: number,
): number {
  switch (pricing.kind) {
    case 'bond': {
      const [coupon, rate] = [before / 100, now / 100];
      const carry = (coupon * elapsedDays) / DAYS_A_YEAR;
      return parBondPrice(coupon, rate, pricing.years) - 1 + carry;
    }
    case 'price':
      return now / before - 1;
    case 'inverse':
      return before / now - 1;
    default:
      return pricing satisfies never;
  }
}
