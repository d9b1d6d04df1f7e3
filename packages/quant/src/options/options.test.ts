import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { impliedVolatility } from './implied-volatility.ts';
import type { OptionTerms } from './option-terms.ts';
import { optionValue } from './option-value.ts';

type Terms = [spot: number, strike: number, years: number, volatility: number, rate: number];

// Second libraries, without types and without dividends.
const load = createRequire(import.meta.url);
const { blackScholes } = load('black-scholes') as {
  blackScholes(...args: [...Terms, kind: string]): number;
};
const greeks = load('greeks') as Record<
  'getDelta' | 'getTheta' | 'getRho',
  (...args: [...Terms, kind: string, scale?: number]) => number
> &
  Record<'getGamma' | 'getVega', (...args: Terms) => number>;

const { getImpliedVolatility } = load('implied-volatility') as {
  getImpliedVolatility(
    price: number,
    ...args: [spot: number, strike: number, years: number, rate: number, kind: string]
  ): number;
};

const call: OptionTerms = { kind: 'call', spot: 42, strike: 40, years: 0.5, rate: 0.1 };
const put: OptionTerms = { ...call, kind: 'put' };

test("Hull's example: a call of 4.76 and a put of .81", () => {
  // Hull, ch. 15: d1 = (ln(42/40) + (.1 + .2^2 / 2) * .5) / (.2 * sqrt .5) = .7693, d2 = .6278.
  expect(optionValue(call, 0.2).price).toBeCloseTo(4.759422, 6);
  expect(optionValue(put, 0.2).price).toBeCloseTo(0.808599, 6);
});

test("Hull's index option with a dividend yield: 51.83", () => {
  // Hull, ch. 17: 930, strike 900, two months, 8 %, yield 3 %, 20 %.
  const index: OptionTerms = {
    kind: 'call',
    spot: 930,
    strike: 900,
    years: 2 / 12,
    rate: 0.08,
    dividendYield: 0.03,
  };
  expect(optionValue(index, 0.2).price).toBeCloseTo(51.83, 2);
});

test('a second library gives the same price and greeks to 1e-9', () => {
  for (const kind of ['call', 'put'] as const) {
    for (const [spot, strike, years, volatility] of [
      [100, 100, 1, 0.2],
      [100, 80, 0.1, 0.6],
      [42, 55, 2, 0.35],
    ] as const) {
      const rate = 0.05;
      const value = optionValue({ kind, spot, strike, years, rate }, volatility);
      const terms: Terms = [spot, strike, years, volatility, rate];
      expect(value.price).toBeCloseTo(blackScholes(...terms, kind), 9);
      expect(value.delta).toBeCloseTo(greeks.getDelta(...terms, kind), 9);
      expect(value.gamma).toBeCloseTo(greeks.getGamma(...terms), 9);
      expect(value.vega).toBeCloseTo(greeks.getVega(...terms), 9);
      expect(value.theta).toBeCloseTo(greeks.getTheta(...terms, kind, 365), 9);
      expect(value.rho).toBeCloseTo(greeks.getRho(...terms, kind), 9);
    }
  }
});

test('a second library finds the same implied volatility, as far as it looks', () => {
  // It stops within a hundredth of the price of a cent.
  for (const [kind, price] of [
    ['call', 6],
    ['put', 3],
  ] as const) {
    const found = impliedVolatility({ ...call, kind }, price);
    const other = getImpliedVolatility(price, 42, 40, 0.5, 0.1, kind);
    expect(found.ok && found.value).toBeCloseTo(other, 2);
    const { price: again } = optionValue({ ...call, kind }, found.ok ? found.value : 0);
    expect(again).toBeCloseTo(price, 12);
  }
});

const anyTerms = fc.record({
  kind: fc.constantFrom('call' as const, 'put' as const),
  spot: fc.double({ min: 50, max: 200, noNaN: true }),
  strike: fc.double({ min: 50, max: 200, noNaN: true }),
  years: fc.double({ min: 0.02, max: 3, noNaN: true }),
  rate: fc.double({ min: -0.02, max: 0.15, noNaN: true }),
  dividendYield: fc.double({ min: 0, max: 0.1, noNaN: true }),
});
const anyVolatility = fc.double({ min: 0.05, max: 1.5, noNaN: true });

test('put-call parity holds, and the greeks are the slopes of the price', () => {
  fc.assert(
    fc.property(anyTerms, anyVolatility, (terms, volatility) => {
      const at = (change: Partial<OptionTerms>) => optionValue({ ...terms, ...change }, volatility);
      const { spot, strike, years, rate, dividendYield } = terms;
      const forward = spot * Math.exp(-dividendYield * years) - strike * Math.exp(-rate * years);
      expect(at({ kind: 'call' }).price - at({ kind: 'put' }).price).toBeCloseTo(forward, 9);
      const small = 1e-4;
      const slope = (key: 'spot' | 'years' | 'rate') =>
        (at({ [key]: terms[key] + small }).price - at({ [key]: terms[key] - small }).price) /
        (2 * small);
      const value = at({});
      expect(value.delta).toBeCloseTo(slope('spot'), 5);
      expect(value.theta * 365).toBeCloseTo(-slope('years'), 2);
      expect(value.rho * 100).toBeCloseTo(slope('rate'), 3);
    }),
    { numRuns: 200, seed: 11 },
  );
});

test('the implied volatility gives the price back, with dividends too', () => {
  fc.assert(
    fc.property(anyTerms, anyVolatility, (terms, volatility) => {
      const { price, vega } = optionValue(terms, volatility);
      const found = impliedVolatility(terms, price);
      // Far from the money the price does not depend on it: nothing can be recovered there.
      if (vega < 1e-4) return;
      expect(found.ok && found.value).toBeCloseTo(volatility, 9);
    }),
    { numRuns: 500, seed: 12 },
  );
});

test('an option that is certain is worth its payment', () => {
  const certain = optionValue({ ...call, rate: 0 }, 0);
  expect(certain).toMatchObject({ price: 2, delta: 1, gamma: 0, vega: 0 });
  expect(optionValue({ ...put, years: 0 }, 0.2)).toMatchObject({ price: 0, delta: -0 });
  expect(optionValue({ ...call, spot: 40, years: 0 }, 0.2)).toMatchObject({ price: 0, delta: 0.5 });
});

test('prices that no volatility gives are told apart', () => {
  const reason = (price: number, terms = call): unknown => {
    const found = impliedVolatility(terms, price);
    return found.ok ? found.value : found.problem;
  };
  expect(reason(1)).toBe('at-or-below-intrinsic');
  expect(reason(42)).toBe('at-or-above-bound');
  expect(reason(41.999)).toBe('volatility-too-high');
  expect(reason(Number.NaN)).toBe('price-not-finite');
  expect(reason(3, { ...call, years: 0 })).toBe('expired');
});

test('impossible terms are refused by name', () => {
  expect(() => optionValue({ ...call, spot: 0 }, 0.2)).toThrow(
    '"spot" is 0; expected a finite number above 0',
  );
  expect(() => optionValue(call, Number.NaN)).toThrow('"volatility" is NaN');
});
