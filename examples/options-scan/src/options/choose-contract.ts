import { type Day, dayOf } from '../base/calendar.ts';
import { optionGreeks } from './black-scholes.ts';
import type { Candidate } from './candidate.ts';
import type { ContractRules } from './contract-rules.ts';
import { impliedVolatility } from './implied-volatility.ts';
import type { OptionChain, Quote } from './option-chain.ts';
import type { Contract } from './recommendation.ts';

/** Prices are decimal: 2.10 less 1.90 is a hair more than a tenth of 2.00. */
const ROUNDING = 1e-9;

export interface ContractRequest {
  readonly candidate: Candidate;
  readonly chain: OptionChain;
  readonly asOf: Day;
  /** Continuous, a year. */
  readonly rate: number;
  readonly rules: ContractRules;
}

/** One contract, or why there is none: that is a finding, not a failure. */
export type Choice =
  | { readonly contract: Contract; readonly reason: null }
  | { readonly contract: null; readonly reason: string };

/**
 * One expiry of the window, the nearest to the ideal; in it the side of the direction, of what is liquid; of that the
 * delta in its range nearest to the ideal, else the nearest at all.
 */
export function chooseContract(request: ContractRequest): Choice {
  const { candidate, chain, asOf, rules } = request;
  const side = candidate.direction === 'bullish' ? 'call' : 'put';
  const expiry = chooseExpiry(chain, asOf, rules);
  if (expiry === undefined) {
    return none(`no expiry in ${rules.minDays} to ${rules.maxDays} days`);
  }
  const listed = chain.filter((quote) => quote.expiry === expiry && quote.side === side);
  const liquid = listed.filter((quote) => isLiquid(quote, rules));
  if (liquid.length === 0) return none(`none of ${listed.length} ${side}s of ${expiry} is liquid`);
  const valued = liquid.flatMap((quote) => value(quote, request));
  const contract = nearestDelta(valued, rules);
  if (contract !== undefined) return { contract, reason: null };
  return none(`no ${side} of ${expiry} has a price that a volatility explains`);
}

function none(reason: string): Choice {
  return { contract: null, reason };
}

/** Of two that are equally near the earlier one. */
function chooseExpiry(chain: OptionChain, asOf: Day, rules: ContractRules): string | undefined {
  const { minDays, maxDays, idealDays } = rules;
  const miss = (expiry: string): number => Math.abs(dayOf(expiry) - asOf - idealDays);
  return [...new Set(chain.map(({ expiry }) => expiry))]
    .filter((expiry) => {
      const days = dayOf(expiry) - asOf;
      return days >= minDays && days <= maxDays;
    })
    .sort((a, b) => miss(a) - miss(b) || (a < b ? -1 : 1))[0];
}

function isLiquid({ bid, ask, openInterest, volume }: Quote, rules: ContractRules): boolean {
  const mid = (bid + ask) / 2;
  return (
    openInterest >= rules.minOpenInterest &&
    volume >= rules.minVolume &&
    ask >= bid &&
    mid > 0 &&
    ask - bid <= rules.maxSpread * mid + ROUNDING
  );
}

/** Nothing where the mid is no price of the formula. */
function value(quote: Quote, { candidate, asOf, rate }: ContractRequest): readonly Contract[] {
  const daysToExpiry = dayOf(quote.expiry) - asOf;
  const mid = (quote.bid + quote.ask) / 2;
  const { side, strike } = quote;
  const terms = { side, spot: candidate.close, strike, years: daysToExpiry / 365, rate };
  const volatility = impliedVolatility(terms, mid);
  if (volatility === undefined) return [];
  const { delta, gamma, theta, vega } = optionGreeks(terms, volatility);
  const greeks = { delta, gamma, theta, vega };
  return [{ ...quote, daysToExpiry, mid, impliedVolatility: volatility, ...greeks }];
}

function nearestDelta(contracts: readonly Contract[], rules: ContractRules): Contract | undefined {
  const { minDelta, maxDelta, idealDelta } = rules;
  const miss = ({ delta }: Contract): number => Math.abs(Math.abs(delta) - idealDelta);
  const isIn = ({ delta }: Contract): boolean =>
    Math.abs(delta) >= minDelta && Math.abs(delta) <= maxDelta;
  const nearest = (choice: readonly Contract[]): Contract | undefined =>
    [...choice].sort((a, b) => miss(a) - miss(b) || a.strike - b.strike)[0];
  return nearest(contracts.filter(isIn)) ?? nearest(contracts);
}
