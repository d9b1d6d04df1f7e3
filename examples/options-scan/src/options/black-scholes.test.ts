import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '../base/random.ts';
import { type OptionTerms, optionGreeks, optionPrice } from './black-scholes.ts';
import { impliedVolatility } from './implied-volatility.ts';
import { normalDistribution } from './normal.ts';

// J. C. Hull, Options, Futures, and Other Derivatives: d1 = .7693, d2 = .6278, call 4.76, put .81.
const hull = { spot: 42, strike: 40, years: 0.5, rate: 0.1 };
const call = { ...hull, side: 'call' } as const;
const put = { ...hull, side: 'put' } as const;

const random = seededRandom(11);
const between = (low: number, high: number): number => low + (high - low) * random();
const samples = Array.from({ length: 500 }, () => ({
  terms: {
    side: random() < 0.5 ? 'call' : 'put',
    spot: 100,
    strike: between(80, 125),
    years: between(0.05, 1),
    rate: between(0, 0.08),
  } satisfies OptionTerms,
  volatility: between(0.1, 1.5),
}));

describe('the formula of Black and Scholes', () => {
  it("gives Hull's example", () => {
    expect(optionPrice(call, 0.2)).toBeCloseTo(4.759_422_392_871_53, 10);
    expect(optionPrice(put, 0.2)).toBeCloseTo(0.808_599_372_900_1, 10);
  });

  it('keeps calls and puts in parity', () => {
    for (const { terms, volatility } of samples) {
      const [long, short] = (['call', 'put'] as const).map((side) =>
        optionPrice({ ...terms, side }, volatility),
      );
      const forward = terms.spot - terms.strike * Math.exp(-terms.rate * terms.years);
      expect((long ?? 0) - (short ?? 0)).toBeCloseTo(forward, 9);
    }
  });

  it('has the greeks that small changes of the price show', () => {
    for (const { terms, volatility } of samples.slice(0, 100)) {
      const { delta, gamma, theta, vega, rho } = optionGreeks(terms, volatility);
      const at = (change: Partial<OptionTerms>, extra = 0): number =>
        optionPrice({ ...terms, ...change }, volatility + extra);
      const [up, down] = [at({ spot: terms.spot + 0.01 }), at({ spot: terms.spot - 0.01 })];
      expect(delta).toBeCloseTo((up - down) / 0.02, 6);
      expect(gamma).toBeCloseTo((up - 2 * at({}) + down) / 0.0001, 4);
      const later = at({ years: terms.years - 1e-5 }) - at({ years: terms.years + 1e-5 });
      expect(theta * 365).toBeCloseTo(later / 2e-5, 3);
      expect(vega * 100).toBeCloseTo((at({}, 1e-5) - at({}, -1e-5)) / 2e-5, 4);
      const dearer = at({ rate: terms.rate + 1e-5 }) - at({ rate: terms.rate - 1e-5 });
      expect(rho * 100).toBeCloseTo(dearer / 2e-5, 4);
    }
  });
});

describe('the normal distribution', () => {
  it('agrees with tables to their last digit, far out as well', () => {
    expect(normalDistribution(0)).toBeCloseTo(0.5, 15);
    expect(normalDistribution(1)).toBeCloseTo(0.841_344_746_068_543, 14);
    expect(normalDistribution(-1.96)).toBeCloseTo(0.024_997_895_148_220_4, 14);
    expect(normalDistribution(-8) / 6.220_960_574_271_78e-16).toBeCloseTo(1, 6);
    expect([normalDistribution(40), normalDistribution(-40)]).toEqual([1, 0]);
  });
});

describe('implied volatility', () => {
  it('finds the volatility that a price was made with', () => {
    for (const { terms, volatility } of samples) {
      const price = optionPrice(terms, volatility);
      // Where the price hardly knows the volatility, the tolerance of 1e-6 leaves it open.
      if (optionGreeks(terms, volatility).vega < 0.01) continue;
      expect(impliedVolatility(terms, price)).toBeCloseTo(volatility, 4);
    }
  });

  it('goes on by bisection where Newton leaves the range', () => {
    const far = { side: 'call', spot: 100, strike: 160, years: 0.1, rate: 0 } as const;
    const price = optionPrice(far, 2.5);
    expect(impliedVolatility(far, price)).toBeCloseTo(2.5, 4);
    const cheap = { ...far, strike: 130 } as const;
    expect(optionPrice(cheap, impliedVolatility(cheap, 0.001) ?? 0)).toBeCloseTo(0.001, 5);
  });

  it('knows none for a price below what exercise pays, or above the share', () => {
    const deep = { side: 'call', spot: 100, strike: 60, years: 0.1, rate: 0 } as const;
    expect(impliedVolatility(deep, 39)).toBeUndefined();
    expect(impliedVolatility(deep, 101)).toBeUndefined();
    expect(impliedVolatility(deep, Number.NaN)).toBeUndefined();
  });
});
