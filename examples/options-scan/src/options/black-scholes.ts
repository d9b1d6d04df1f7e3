import { normalDensity, normalDistribution } from './normal.ts';

export type OptionSide = 'call' | 'put';

/** A European option without dividends. */
export interface OptionTerms {
  readonly side: OptionSide;
  readonly spot: number;
  readonly strike: number;
  /** Years to expiry, above 0. */
  readonly years: number;
  /** Continuous, a year: .05. */
  readonly rate: number;
}

export interface Greeks {
  readonly delta: number;
  readonly gamma: number;
  /** Price a calendar day, negative where time costs. */
  readonly theta: number;
  /** Price a point of volatility: from 25 to 26 percent. */
  readonly vega: number;
  /** Price a point of the rate. */
  readonly rho: number;
}

const DAYS_A_YEAR = 365;
const POINTS = 100;

/** Price by F. Black and M. Scholes, 1973. @param volatility a year: .25 */
export function optionPrice(terms: OptionTerms, volatility: number): number {
  const { side, spot, strike } = terms;
  const { sign, d1, d2, discount } = parts(terms, volatility);
  const paid = strike * discount * normalDistribution(sign * d2);
  return side === 'call'
    ? spot * normalDistribution(d1) - paid
    : paid - spot * normalDistribution(-d1);
}

/** Sensitivities of the same formula. */
export function optionGreeks(terms: OptionTerms, volatility: number): Greeks {
  const { spot, strike, years, rate } = terms;
  const { sign, d1, d2, discount } = parts(terms, volatility);
  const density = normalDensity(d1);
  const paid = strike * discount * normalDistribution(sign * d2);
  const decay = (spot * density * volatility) / (2 * Math.sqrt(years));
  return {
    delta: sign * normalDistribution(sign * d1),
    gamma: density / (spot * volatility * Math.sqrt(years)),
    theta: (-decay - sign * rate * paid) / DAYS_A_YEAR,
    vega: (spot * density * Math.sqrt(years)) / POINTS,
    rho: (sign * years * paid) / POINTS,
  };
}

function parts({ side, spot, strike, years, rate }: OptionTerms, volatility: number) {
  const width = volatility * Math.sqrt(years);
  const d1 = (Math.log(spot / strike) + (rate + volatility ** 2 / 2) * years) / width;
  const discount = Math.exp(-rate * years);
  return { sign: side === 'call' ? 1 : -1, d1, d2: d1 - width, discount };
}
