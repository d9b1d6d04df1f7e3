import { describe, expect, it } from '@jest/globals';
import { cholesky, DRAWS, simulateReturns } from './monte-carlo.ts';
import { historicalTail, parametricTail, sampleTail } from './tail-loss.ts';

const ascending = (count: number) => Array.from({ length: count }, (_, at) => (at - 100) / 1000);

describe('historical VaR', () => {
  it('is the quantile of the sample, and CVaR the mean of what lies at or beyond it', () => {
    // 1,000 returns -.100, -.099, ...; position 999 x .05 = 49.95 lies between -.051 and -.050, at .95 of the way.
    // Beyond it are -.100 to -.051 with mean -.0755.
    const tail = sampleTail('historical', ascending(1000));
    expect(tail.var95).toBeCloseTo(-0.050_05, 12);
    expect(tail.cvar95).toBeCloseTo(-0.0755, 12);
    // Position 999 x .01 = 9.99 lies between -.091 and -.090; beyond it -.100 to -.091 with mean -.0955.
    expect(tail.var99).toBeCloseTo(-0.090_01, 12);
    expect(tail.cvar99).toBeCloseTo(-0.0955, 12);
  });

  it('needs 252 observations and is otherwise parametric, and labelled so', () => {
    expect(historicalTail(ascending(252)).method).toBe('historical');
    expect(historicalTail(ascending(251))).toEqual(parametricTail(ascending(251)));
    expect(historicalTail(ascending(251)).method).toBe('parametric');
  });
});

describe('parametric VaR', () => {
  it('is mean + z s with the CVaR of a normal', () => {
    // -.01, .01, .03: mean .01, s .02. .01 - 1.644854 x .02; .01 - .02 x .103136 / .05 (density at -1.644854).
    const tail = parametricTail([-0.01, 0.01, 0.03]);
    expect(tail.var95).toBeCloseTo(-0.022_897_1, 6);
    expect(tail.cvar95).toBeCloseTo(-0.031_254_3, 6);
    // .01 - 2.326348 x .02; .01 - .02 x .026652 / .01.
    expect(tail.var99).toBeCloseTo(-0.036_527, 6);
    expect(tail.cvar99).toBeCloseTo(-0.043_304_3, 6);
  });

  it('is 0 for a book without history', () => {
    expect(parametricTail([])).toMatchObject({ var95: 0, cvar99: 0, observations: 0 });
  });
});

describe('Monte Carlo VaR', () => {
  const covariance = [
    [0.0004, 0.0001],
    [0.0001, 0.0001],
  ];
  const weights = [0.5, 1];
  // .25 x .0004 + 2 x .5 x .0001 + .0001 = .0003.
  const deviation = Math.sqrt(0.0003);

  it('draws 10,000 times, the same for the same seed', () => {
    const draws = simulateReturns(covariance, weights, 7);
    expect(draws).toHaveLength(DRAWS);
    expect(simulateReturns(covariance, weights, 7)).toEqual(draws);
    expect(simulateReturns(covariance, weights, 8)).not.toEqual(draws);
  });

  it('has the deviation of the book and the quantiles of Student t', () => {
    const draws = simulateReturns(covariance, weights, 7, 200_000);
    const variance = draws.reduce((sum, x) => sum + x * x, 0) / draws.length;
    expect(Math.sqrt(variance) / deviation).toBeCloseTo(1, 1);
    // Quantiles of t with 6 degrees, -1.943180 and -3.142668, times sqrt(4 / 6).
    const tail = sampleTail('monte-carlo', draws);
    expect(Math.abs(tail.var95 / deviation + 1.5866)).toBeLessThan(0.02);
    expect(Math.abs(tail.var99 / deviation + 2.566)).toBeLessThan(0.05);
  });

  it('takes the root of a covariance', () => {
    // 4 = 2^2; 2 / 2 = 1; 5 - 1 = 2^2.
    expect(
      cholesky([
        [4, 2],
        [2, 5],
      ]),
    ).toEqual([
      [2, 0],
      [1, 2],
    ]);
  });
});
