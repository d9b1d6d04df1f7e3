import { normalDensity, normalShareBelow } from '../base/normal-distribution.ts';
import { requireWithin } from '../base/require.ts';
import { checkTerms, type OptionTerms } from './option-terms.ts';

/** Price of an option and how it answers to small changes. */
export interface OptionValue {
  /** In the currency of the spot. */
  readonly price: number;
  /** Change of the price for 1 of the spot. */
  readonly delta: number;
  /** Change of delta for 1 of the spot. */
  readonly gamma: number;
  /** Change of the price for one point (.01) of volatility. */
  readonly vega: number;
  /** Change of the price for one day (1/365 year) that passes. */
  readonly theta: number;
  /** Change of the price for one point (.01) of the rate. */
  readonly rho: number;
}

const DAYS = 365;
const POINT = 0.01;

/**
 * Black-Scholes-Merton value at a volatility (a year, as a share). At expiry, or without volatility, the option is a
 * certain payment: delta is that of the payment, and half of it exactly at the money; gamma and vega are 0.
 * Source: R. C. Merton, Theory of Rational Option Pricing (1973); J. Hull, Options, Futures and Other Derivatives, ch. 19.
 * @throws MillraceError QUANT_ARGUMENT
 */
export function optionValue(terms: OptionTerms, volatility: number): OptionValue {
  checkTerms(terms);
  requireWithin('volatility', volatility, [0, Number.POSITIVE_INFINITY]);
  const { spot, strike, years, rate, dividendYield: yielded = 0 } = terms;
  const sign = terms.kind === 'call' ? 1 : -1;
  const held = spot * Math.exp(-yielded * years);
  const owed = strike * Math.exp(-rate * years);
  const spread = volatility * Math.sqrt(years);
  const [d1, d2] = distances(held, owed, spread);
  const [exercise, payment] = [normalShareBelow(sign * d1), normalShareBelow(sign * d2)];
  const bell = spread > 0 ? normalDensity(d1) : 0;
  const decay = spread > 0 ? (held * bell * volatility) / (2 * Math.sqrt(years)) : 0;
  return {
    price: Math.max(0, sign * (held * exercise - owed * payment)),
    delta: (sign * exercise * held) / spot,
    gamma: spread > 0 ? (held * bell) / (spot * spot * spread) : 0,
    vega: held * bell * Math.sqrt(years) * POINT,
    theta: (-decay - sign * (rate * owed * payment - yielded * held * exercise)) / DAYS,
    rho: sign * owed * years * payment * POINT,
  };
}

function distances(held: number, owed: number, spread: number): readonly [number, number] {
  const log = Math.log(held / owed);
  // The limit of the formula: certain on either side, even odds at the money.
  if (spread === 0) return log === 0 ? [0, 0] : [log * Infinity, log * Infinity];
  const d1 = log / spread + spread / 2;
  return [d1, d1 - spread];
}
