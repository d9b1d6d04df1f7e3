import { requirePositive, requireWithin } from '../base/require.ts';

/** A European option on something that pays a continuous yield. */
export interface OptionTerms {
  readonly kind: 'call' | 'put';
  /** Price of the underlying. */
  readonly spot: number;
  readonly strike: number;
  /** Until expiry; days to expiry / 365. 0 is allowed: the option is worth what exercise gives. */
  readonly years: number;
  /** Continuously compounded, a year, as a share. */
  readonly rate: number;
  /** Continuously compounded, a year, as a share. Default 0. */
  readonly dividendYield?: number;
}

/** @throws MillraceError QUANT_ARGUMENT */
export function checkTerms({ spot, strike, years, rate, dividendYield = 0 }: OptionTerms): void {
  requirePositive('spot', spot);
  requirePositive('strike', strike);
  requireWithin('years', years, [0, Number.POSITIVE_INFINITY]);
  requireWithin('rate', rate, [-1, 10]);
  requireWithin('dividendYield', dividendYield, [-1, 10]);
}
