import { type Day, isoOf, monthOf, thirdFriday } from '../base/calendar.ts';
import { type Random, seededRandom } from '../base/random.ts';
import { type OptionSide, optionPrice } from './black-scholes.ts';
import type { Candidate } from './candidate.ts';
import type { OptionChain, Quote } from './option-chain.ts';
import type { ChainRequest, OptionChainSource } from './option-chain-source.ts';

const MONTHS = 4;
/** Strikes to each side of the spot, each some 1 % of it from the next. */
const STRIKES = 24;
const USUAL_VOLATILITY = 0.3;
const CENT = 0.01;

/**
 * Chains that no exchange ever listed: priced by Black and Scholes from the realised volatility of the underlying, with
 * a skew, spreads and open interest that the ticker's name decides.
 */
export class ModelledChains implements OptionChainSource {
  readonly name = 'modelled';
  readonly #rate: number;

  /** @param rate continuous, a year */
  constructor(rate: number) {
    this.#rate = rate;
  }

  async chain({ candidate, asOf }: ChainRequest): Promise<OptionChain> {
    const random = seededRandom(asOf + [...candidate.ticker].reduce(mixed, 0));
    const { year, month } = monthOf(asOf);
    const expiries = Array.from({ length: MONTHS + 1 }, (_, at) => thirdFriday(year, month + at));
    return expiries
      .filter((expiry) => expiry > asOf)
      .flatMap((expiry) => this.#quotes(candidate, { asOf, expiry, random }));
  }

  #quotes(
    { close, volatility }: Candidate,
    { asOf, expiry, random }: { asOf: Day; expiry: Day; random: Random },
  ): readonly Quote[] {
    const years = (expiry - asOf) / 365;
    const gap = strikeGap(close);
    const middle = Math.round(close / gap);
    const quotes: Quote[] = [];
    for (let place = Math.max(1, middle - STRIKES); place <= middle + STRIKES; place += 1) {
      const strike = Math.round(place * gap * 100) / 100;
      // Puts below the spot cost more than the realised volatility says, as they have since 1987.
      const skewed = (volatility ?? USUAL_VOLATILITY) * (1.05 - 0.4 * Math.log(strike / close));
      for (const side of ['call', 'put'] as const) {
        const terms = { side, spot: close, strike, years, rate: this.#rate };
        const value = optionPrice(terms, Math.max(0.05, skewed));
        quotes.push(quote({ side, expiry, strike, value }, random));
      }
    }
    return quotes;
  }
}

interface Valued {
  readonly side: OptionSide;
  readonly expiry: Day;
  readonly strike: number;
  readonly value: number;
}

function quote({ side, expiry, strike, value }: Valued, random: Random): Quote {
  const half = Math.max(CENT, value * (0.01 + 0.03 * random()));
  const cents = (price: number): number => Math.max(0, Math.round(price / CENT) * CENT);
  return {
    side,
    expiry: isoOf(expiry),
    strike,
    bid: Number(cents(value - half).toFixed(2)),
    ask: Number(cents(value + half).toFixed(2)),
    openInterest: Math.floor(3000 * random() ** 2),
    volume: Math.floor(400 * random() ** 3),
  };
}

/** As exchanges do: finer for cheaper shares. */
function strikeGap(spot: number): number {
  const wanted = spot * 0.0125;
  return [0.25, 0.5, 1, 2.5, 5, 10, 25].findLast((gap) => gap <= wanted) ?? 0.1;
}

function mixed(seed: number, letter: string): number {
  return Math.imul(seed, 31) + letter.charCodeAt(0);
}
