import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../base/calendar.ts';
import { optionPrice } from './black-scholes.ts';
import { chooseContract } from './choose-contract.ts';
import { ContractRules } from './contract-rules.ts';
import { ModelledChains } from './modelled-chains.ts';
import type { OptionChain, Quote } from './option-chain.ts';

const asOf = dayOf('2015-05-11');
const rate = 0.05;
const rules = ContractRules.parse({});
const bullish = { ticker: 'AAPL', direction: 'bullish', close: 100, volatility: 0.3 } as const;
const bearish = { ...bullish, direction: 'bearish' } as const;

/** A liquid quote, priced at a volatility of 30 %. */
function quote(changes: Partial<Quote> = {}): Quote {
  const terms = { side: 'call', expiry: '2015-06-25', strike: 105, ...changes } as const;
  const years = (dayOf(terms.expiry) - asOf) / 365;
  const price = optionPrice({ ...terms, spot: 100, years, rate }, 0.3);
  const prices = { bid: price * 0.99, ask: price * 1.01 };
  return { ...terms, ...prices, openInterest: 500, volume: 20, ...changes };
}

const choose = (chain: OptionChain, candidate: typeof bullish | typeof bearish = bullish) =>
  chooseContract({ candidate, chain, asOf, rate, rules });

describe('the chosen contract', () => {
  it('expires 30 to 60 days from now, as near to 45 as there is', () => {
    const expiries = ['2015-06-09', '2015-06-19', '2015-07-01', '2015-07-10', '2015-07-17'];
    // 29, 39, 51, 60 and 67 days.
    const { contract } = choose(expiries.map((expiry) => quote({ expiry })));
    expect(contract).toMatchObject({ expiry: '2015-06-19', daysToExpiry: 39 });
    expect(choose([quote({ expiry: '2015-06-09' })]).reason).toBe('no expiry in 30 to 60 days');
  });

  it('is a call for a bullish ticker and a put for a bearish one', () => {
    const chain = [quote(), quote({ side: 'put', strike: 96 })];
    expect(choose(chain).contract?.side).toBe('call');
    expect(choose(chain, bearish).contract).toMatchObject({ side: 'put', strike: 96 });
  });

  it('has the delta nearest to .35 of those from .30 to .40', () => {
    const chain = [100, 103, 105, 107, 110, 120].map((strike) => quote({ strike }));
    const { contract } = choose(chain);
    // Deltas at 30 % and 45 days: .56, .45, .37, .31, .21, .05.
    expect(contract?.strike).toBe(105);
    expect(contract?.delta).toBeGreaterThan(0.3);
    expect(contract?.impliedVolatility).toBeCloseTo(0.3, 4);
    expect(contract?.theta).toBeLessThan(0);
  });

  it('is the nearest at all where none is in the range', () => {
    const chain = [90, 100, 125].map((strike) => quote({ strike }));
    expect(choose(chain).contract?.strike).toBe(100);
  });

  it.each<[string, Partial<Quote>]>([
    ['too little open interest', { openInterest: 99 }],
    ['no volume', { volume: 0 }],
    ['a spread beyond a tenth of the mid', { bid: 1.8, ask: 2 }],
    ['no price', { bid: 0, ask: 0 }],
    ['crossed prices', { bid: 2.1, ask: 2 }],
  ])('is none with %s', (_what, changes) => {
    expect(choose([quote(changes)])).toEqual({
      contract: null,
      reason: 'none of 1 calls of 2015-06-25 is liquid',
    });
  });

  it('is liquid on the very border', () => {
    const border = quote({ openInterest: 100, volume: 1, bid: 1.9, ask: 2.1 });
    // Binary fractions make .2 of a mid of 2 a hair more than a tenth.
    expect(border.ask - border.bid).toBeGreaterThan(0.2);
    expect(choose([border]).contract).not.toBeNull();
  });

  it('is none where no volatility explains a price', () => {
    const { reason } = choose([quote({ strike: 60, bid: 30, ask: 31 })]);
    expect(reason).toBe('no call of 2015-06-25 has a price that a volatility explains');
  });
});

describe('modelled chains', () => {
  const source = new ModelledChains(rate);
  const signal = new AbortController().signal;

  it('say that they are modelled, and are the same whenever they are asked', async () => {
    const first = await source.chain({ candidate: bullish, asOf, signal });
    expect(await source.chain({ candidate: bullish, asOf, signal })).toEqual(first);
    expect(source.name).toBe('modelled');
    expect(first.every(({ bid, ask }) => ask >= bid && bid >= 0)).toBe(true);
  });

  it.each([5, 17, 100, 2100])('list a contract for a share at %d', async (close) => {
    for (const candidate of [bullish, bearish]) {
      const asked = { ...candidate, close };
      const chain = await source.chain({ candidate: asked, asOf, signal });
      expect(chooseContract({ candidate: asked, chain, asOf, rate, rules }).reason).toBeNull();
    }
  });
});
