import { describe, expect, it } from '@jest/globals';
import { figuresOf } from './figures.ts';
import { noSkill } from './no-skill.ts';
import { positionsOf } from './position-rule.ts';
import { strategyReturns } from './strategy-returns.ts';
import {
  checkText,
  checkThresholds,
  JUDGED_FIGURES,
  type JudgedFigures,
  Thresholds,
} from './thresholds.ts';

const settings = { periodsPerYear: 252, riskFree: 0.02, confidence: 0.95 };

describe('positionsOf', () => {
  it('is long above the border only, else flat or short', () => {
    const probabilities = Float64Array.of(0.6, 0.5, 0.4, Number.NaN);
    const rule = { enterAbove: 0.5 };
    expect([...positionsOf(probabilities, { ...rule, mode: 'long-flat' })]).toEqual([1, 0, 0, 0]);
    expect([...positionsOf(probabilities, { ...rule, mode: 'long-short' })]).toEqual([
      1, -1, -1, -1,
    ]);
  });
});

describe('strategyReturns', () => {
  it('earns the next return of what is held, and pays for what is bought and sold', () => {
    const returns = Float64Array.of(0.02, -0.01, 0.03, 0.01);
    const earned = strategyReturns(Int8Array.of(1, 1, 0, -1), returns, 0.001);
    // Buys: .02 - .001. Holds: -.01. Sells: 0 - .001. Goes short: -.01 - .001.
    expect([...earned]).toEqual(
      [0.019, -0.01, -0.001, -0.011].map((value) => expect.closeTo(value, 15)),
    );
    // From long to short is bought and sold twice.
    expect(strategyReturns(Int8Array.of(1, -1), returns, 0.001)[1]).toBeCloseTo(0.01 - 0.002, 15);
  });
});

describe('figuresOf', () => {
  it('gives the values that were worked out by hand', () => {
    const figures = figuresOf(Float64Array.of(0.02, -0.01, 0.03, -0.02), {
      ...settings,
      riskFree: 0,
    });
    // Mean .005; squares of the distances .000225 + .000225 + .000625 + .000625 = .0017, / 3, root: .0238048.
    // .005 x 15.8745 / .0238048 = 3.33431.
    expect(figures.sharpe).toBeCloseTo(3.33431, 4);
    // Shortfalls .01 and .02: root of (.0001 + .0004) / 4 = .0111803; .0793725 / .0111803 = 7.09930.
    expect(figures.sortino).toBeCloseTo(7.0993, 3);
    // 1.02, 1.0098, 1.040094, 1.01929212: the largest loss is 2 % from the last peak.
    expect(figures.maxDrawdown).toBeCloseTo(0.02, 12);
    expect(figures.totalReturn).toBeCloseTo(0.01929212, 12);
    // 1.01929212 to the power 63 is 3.33211, less 1, over .02.
    expect(figures.calmar).toBeCloseTo((1.01929212 ** 63 - 1) / 0.02, 6);
    expect(figures.winRate).toBe(0.5);
    // (.02 + .03) / (.01 + .02).
    expect(figures.profitFactor).toBeCloseTo(5 / 3, 12);
    // One of four is more than 5 %: the worst day is both.
    expect(figures).toMatchObject({ valueAtRisk: 0.02, expectedShortfall: 0.02 });
  });

  it('takes the risk-free return off, two percent of a year by the day', () => {
    const flat = Float64Array.of(0.0001, 0, 0.0001, 0);
    // Mean .00005 less .02 / 252 = .0000794: no better than cash.
    expect(figuresOf(flat, settings).sharpe).toBeLessThan(0);
    expect(figuresOf(flat, { ...settings, riskFree: 0 }).sharpe).toBeGreaterThan(0);
  });

  it('has no Sharpe ratio where nothing varies', () => {
    expect(figuresOf(new Float64Array(10), { ...settings, riskFree: 0 })).toMatchObject({
      ...{ sharpe: null, sortino: null, calmar: null, winRate: null, profitFactor: null },
      maxDrawdown: 0,
    });
  });
});

describe('noSkill', () => {
  const returns = Float64Array.from({ length: 60 }, (_, at) => (at % 7 === 0 ? 0.01 : -0.002));
  const options = { cost: 0, seed: 1, tries: 50, settings };

  it('gives a strategy that knows the days a small chance', () => {
    const knowing = Int8Array.from(returns, (value) => (value > 0 ? 1 : 0));
    const own = figuresOf(strategyReturns(knowing, returns, 0), settings).sharpe;
    const { chance, figures } = noSkill(knowing, returns, own, options);
    // The days come every seventh: about one move in seven finds them again.
    expect(chance).toBeLessThan(0.3);
    expect(figures.sharpe).toBeLessThan(own ?? 0);
  });

  it('cannot tell a strategy that is always long from its controls', () => {
    const always = new Int8Array(60).fill(1);
    const own = figuresOf(strategyReturns(always, returns, 0), settings).sharpe;
    expect(noSkill(always, returns, own, options).chance).toBe(1);
  });

  it('is the same for the same seed', () => {
    const positions = Int8Array.from(returns, (_, at) => (at % 3 === 0 ? 1 : 0));
    expect(noSkill(positions, returns, 0.1, options)).toEqual(
      noSkill(positions, returns, 0.1, options),
    );
  });
});

describe('thresholds', () => {
  const none = Object.fromEntries(JUDGED_FIGURES.map((name) => [name, null]));
  const figures = { ...none, sharpe: 0.6, maxDrawdown: 0.4 } as JudgedFigures;

  it('are met at the border itself, and not beyond it', () => {
    const checks = checkThresholds(figures, { sharpe: { min: 0.6 }, maxDrawdown: { max: 0.39 } });
    expect(checks.map(({ passed }) => passed)).toEqual([true, false]);
    expect(checks.map(checkText)).toEqual([
      'sharpe is 0.600, expected at least 0.6',
      'maxDrawdown is 0.400, expected at most 0.39',
    ]);
  });

  it('are not met by a figure that cannot be computed', () => {
    const [check] = checkThresholds(figures, { calmar: { min: 0 } });
    expect(check).toMatchObject({ got: null, passed: false });
    expect(check === undefined ? '' : checkText(check)).toBe(
      'calmar cannot be computed, expected at least 0',
    );
  });

  it.each([
    [undefined, /must set at least one threshold.*write `thresholds: \{ sharpe: \{ min: 0.5 \}/],
    [{}, /must set at least one threshold/],
    [{ sharpe: {} }, /must have `min`, `max` or both/],
    [{ sharp: { min: 1 } }, /./],
  ])('refuse %j', (value, message) => {
    expect(Thresholds.safeParse(value).error?.issues[0]?.message).toMatch(message);
  });
});
