import { problem, type Result, success } from '@millrace/core';
import { checkTerms, type OptionTerms } from './option-terms.ts';
import { optionValue } from './option-value.ts';

/** Why no volatility gives a price. */
export type NoImpliedVolatility =
  /** Not above what exercise is worth today: below it an arbitrage, at it any low volatility. */
  | 'at-or-below-intrinsic'
  /** At or above the value of the underlying (call) or of the strike (put). */
  | 'at-or-above-bound'
  /** Above what the highest volatility that is looked at gives. */
  | 'volatility-too-high'
  /** The option has expired, so that its price says nothing. */
  | 'expired'
  | 'price-not-finite';

const START = 0.3;
const LOWEST = 1e-4;
const HIGHEST = 5;
const ITERATIONS = 100;

/**
 * The volatility (a year, as a share) at which {@link optionValue} gives `price`: by Newton's method from .3, and by
 * bisection of .0001 to 5 where a step leaves the bracket. Exact to 1e-12 where the price depends on it so far.
 * Source: S. Manaster and G. Koehler, The Calculation of Implied Variances (1982).
 * @throws MillraceError QUANT_ARGUMENT for impossible terms
 */
export function impliedVolatility(
  terms: OptionTerms,
  price: number,
): Result<number, NoImpliedVolatility> {
  checkTerms(terms);
  if (!Number.isFinite(price)) return problem('price-not-finite');
  if (terms.years === 0) return problem('expired');
  const { spot, strike, years, rate, dividendYield = 0 } = terms;
  const bound =
    terms.kind === 'call'
      ? spot * Math.exp(-dividendYield * years)
      : strike * Math.exp(-rate * years);
  if (price >= bound) return problem('at-or-above-bound');
  if (price <= optionValue(terms, LOWEST).price) return problem('at-or-below-intrinsic');
  if (price > optionValue(terms, HIGHEST).price) return problem('volatility-too-high');
  return success(solve(terms, price));
}

function solve(terms: OptionTerms, price: number): number {
  let low = LOWEST;
  let high = HIGHEST;
  let volatility = START;
  for (let round = 0; round < ITERATIONS; round++) {
    const { price: now, vega } = optionValue(terms, volatility);
    const excess = now - price;
    if (excess === 0) return volatility;
    if (excess > 0) high = volatility;
    else low = volatility;
    const newton = volatility - excess / (vega * 100);
    // Also false for a vega of 0, after which the step is not finite.
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - volatility) <= 1e-14 * volatility) return next;
    volatility = next;
  }
  return volatility;
}
