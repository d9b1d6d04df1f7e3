import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exponentialDeviation } from './exponential-deviation.ts';
import { measurePerformance } from './performance.ts';
import { populationStability } from './population-stability.ts';
import { logReturns, simpleReturns } from './returns.ts';
import { rollingDeviation } from './rolling-deviation.ts';
import { tailLoss } from './tail-loss.ts';

const column = (...values: number[]): Float64Array => new Float64Array(values);

test('returns by hand', () => {
  expect([...simpleReturns(column(100, 110, 99))]).toEqual([
    Number.NaN,
    expect.closeTo(0.1, 15),
    expect.closeTo(-0.1, 15),
  ]);
  expect(logReturns(column(100, 110))[1]).toBeCloseTo(Math.log(1.1), 15);
});

test('the rolling deviation begins anew after a gap', () => {
  const deviations = rollingDeviation(column(1, 3, Number.NaN, 2, 4), 2);
  // Of two values: their distance over the square root of 2.
  expect([...deviations]).toEqual([
    Number.NaN,
    expect.closeTo(Math.SQRT2, 14),
    Number.NaN,
    Number.NaN,
    expect.closeTo(Math.SQRT2, 14),
  ]);
});

test('the exponential deviation is the bias-corrected one of pandas', () => {
  // Span 3 halves the weight: of 1, 2, 4 the weights are 1/4, 1/2, 1; their sum 7/4, of squares 21/16.
  // Mean (1/4 + 1 + 4) / (7/4) = 3; sum w (x - 3)^2 = 1 + 1/2 + 1 = 5/2, over 7/4: 10/7.
  // Correction (49/16) / (49/16 - 21/16) = 7/4: variance 5/2.
  const deviations = exponentialDeviation(column(1, 2, 4), 3);
  expect(deviations[0]).toBeNaN();
  // Of 1, 2: weights 1/2, 1; mean 5/3; variance 2/9; correction (9/4) / (9/4 - 5/4) = 9/4: 1/2.
  expect(deviations[1]).toBeCloseTo(Math.sqrt(0.5), 14);
  expect(deviations[2]).toBeCloseTo(Math.sqrt(2.5), 14);
});

test('a leading NaN does not count', () => {
  const with_ = exponentialDeviation(column(Number.NaN, 1, 2, 4), 3);
  expect([...with_.subarray(1)]).toEqual([...exponentialDeviation(column(1, 2, 4), 3)]);
});

test('the exponential deviation is the weighted sum of its definition', () => {
  const prices = fc.integer({ min: -1e6, max: 1e6 }).map((value) => value / 1000);
  fc.assert(
    fc.property(
      fc.array(prices, { minLength: 2, maxLength: 40 }),
      fc.integer({ min: 2, max: 30 }),
      (list, span) => {
        const weights = list.map((_, at) => (1 - 2 / (span + 1)) ** (list.length - 1 - at));
        const sum = (of: (at: number) => number) =>
          list.reduce((total, _, at) => total + of(at), 0);
        const weight = (at: number): number => weights[at] ?? 0;
        const total = sum(weight);
        const mean = sum((at) => weight(at) * (list[at] ?? 0)) / total;
        const biased = sum((at) => weight(at) * ((list[at] ?? 0) - mean) ** 2) / total;
        const correction = total ** 2 / (total ** 2 - sum((at) => weight(at) ** 2));
        const deviation = exponentialDeviation(Float64Array.from(list), span).at(-1);
        expect(deviation).toBeCloseTo(Math.sqrt(biased * correction), 8);
      },
    ),
    { numRuns: 200, seed: 2 },
  );
});

test('performance by hand', () => {
  // Four periods a year, no risk-free return: 10 %, -10 %, 20 %, 0.
  const figures = measurePerformance(column(0.1, -0.1, 0.2, 0), { periodsPerYear: 4, riskFree: 0 });
  // 1.1 * .9 * 1.2 = 1.188. Mean .05; squares .0025 + .0225 + .0225 + .0025 = .05, over 3.
  expect(figures.totalReturn).toBeCloseTo(0.188, 12);
  expect(figures.annualReturn).toBeCloseTo(0.188, 12);
  expect(figures.sharpe).toBeCloseTo((0.05 * 2) / Math.sqrt(0.05 / 3), 12);
  // Shortfalls: .01 / 4, its root .05.
  expect(figures.sortino).toBeCloseTo((0.05 * 2) / 0.05, 12);
  expect(figures.maxDrawdown).toBeCloseTo(0.1, 12);
  expect(figures.calmar).toBeCloseTo(1.88, 12);
  expect(figures.winRate).toBeCloseTo(2 / 3, 12);
  expect(figures.profitFactor).toBeCloseTo(3, 12);
});

test('the risk-free return is taken off each period', () => {
  const returns = column(0.02, 0.0, 0.01);
  const { sharpe } = measurePerformance(returns, { periodsPerYear: 1, riskFree: 0.01 });
  expect(sharpe).toBeCloseTo(0, 12);
});

test('figures that would divide by nothing are null', () => {
  const figures = measurePerformance(column(0.01, 0.01, 0.01), { riskFree: 0 });
  expect(figures).toMatchObject({ sharpe: null, sortino: null, calmar: null, profitFactor: null });
  expect(figures.winRate).toBe(1);
});

test('a loss of everything is a drawdown of 1 and stays one', () => {
  const figures = measurePerformance(column(-1, 0.5));
  expect(figures).toMatchObject({ totalReturn: -1, annualReturn: -1, maxDrawdown: 1 });
});

test('value at risk and shortfall by hand: the worst 2 of 20', () => {
  const returns = Float64Array.from({ length: 20 }, (_, at) => (at - 5) / 100);
  // Sorted -.05, -.04, ...: 10 % are the two worst, the second is the quantile.
  const { valueAtRisk, expectedShortfall } = tailLoss(returns, 0.9);
  expect(valueAtRisk).toBeCloseTo(0.04, 12);
  expect(expectedShortfall).toBeCloseTo(0.045, 12);
  // 5 % of 20 is one period, not two, although 1 - .95 is above .05.
  expect(tailLoss(returns).valueAtRisk).toBeCloseTo(0.05, 12);
});

test('population stability by hand: two halves that become 3/4 and 1/4', () => {
  // (.75 - .5) ln 1.5 + (.25 - .5) ln .5
  const index = populationStability(column(1, 2, 3, 4), column(1, 2, 2, 4), 2);
  expect(index).toBeCloseTo(0.25 * Math.log(1.5) - 0.25 * Math.log(0.5), 12);
});

test('equal populations are stable, and a bin that empties is counted, not infinite', () => {
  const values = Float64Array.from({ length: 100 }, (_, at) => at);
  expect(populationStability(values, values)).toBe(0);
  expect(
    populationStability(
      values,
      values.map((value) => value + 1000),
    ),
  ).toBeGreaterThan(5);
  expect(
    populationStability(
      values,
      values.map(() => Number.NaN),
    ),
  ).toBeGreaterThan(5);
});

test('too few values are refused with the minimum', () => {
  expect(() => measurePerformance(column(0.1))).toThrow('returns: got 1, needed at least 2');
});
