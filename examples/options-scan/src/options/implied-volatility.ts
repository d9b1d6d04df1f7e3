import { type OptionTerms, optionGreeks, optionPrice } from './black-scholes.ts';

const START = 0.3;
const MOST_ROUNDS = 100;
const TOLERANCE = 1e-6;
const LOWEST = 0.001;
const HIGHEST = 5;
const POINTS = 100;

/**
 * The volatility at which the formula gives this price: Newton's method from .3, and bisection on .001 to 5 where that
 * leaves the range, finds no slope or does not arrive.
 * @returns undefined for a price that no volatility of the range gives, such as one below what exercise pays
 */
export function impliedVolatility(terms: OptionTerms, price: number): number | undefined {
  return byNewton(terms, price) ?? byBisection(terms, price);
}

function byNewton(terms: OptionTerms, price: number): number | undefined {
  let volatility = START;
  for (let at = 0; at < MOST_ROUNDS; at += 1) {
    const miss = optionPrice(terms, volatility) - price;
    if (Math.abs(miss) < TOLERANCE) return volatility;
    const slope = optionGreeks(terms, volatility).vega * POINTS;
    const next = volatility - miss / slope;
    // Written so that NaN, of a slope of nothing, leaves as well.
    if (!(next >= LOWEST && next <= HIGHEST)) return undefined;
    volatility = next;
  }
  return undefined;
}

function byBisection(terms: OptionTerms, price: number): number | undefined {
  let [low, high] = [LOWEST, HIGHEST];
  if (!(optionPrice(terms, low) <= price && optionPrice(terms, high) >= price)) return undefined;
  for (let at = 0; at < MOST_ROUNDS && high - low > TOLERANCE * TOLERANCE; at += 1) {
    const middle = (low + high) / 2;
    if (optionPrice(terms, middle) < price) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
