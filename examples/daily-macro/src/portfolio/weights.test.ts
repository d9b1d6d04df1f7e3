import { describe, expect, it } from '@jest/globals';
import { regimeOf } from '../testing-local/sample.ts';
import { clampWeights, grossOf, isWithinCaps } from './clamp-weights.ts';
import { convictionOf, overlayConviction, rampedScale } from './overlays.ts';
import { rebalance } from './rebalance.ts';

describe('the conviction overlay', () => {
  it('is the mean of the convictions behind a position, at least .1', () => {
    const with_ = (...convictions: number[]) => {
      return convictionOf(
        convictions.map((conviction) => ({ strategy: 's', weight: 1, conviction })),
      );
    };
    expect(with_(0.8, 0.36)).toBeCloseTo(0.58, 12);
    expect(with_(0.06)).toBe(0.1);
    expect(with_()).toBe(0.1);
  });

  it('tilts the weights and keeps their sum', () => {
    // .5 x .6 = .30, .3 x .2 = .06, .2 x .2 = .04; over .40.
    const tilted = overlayConviction([0.5, 0.3, 0.2], [0.6, 0.2, 0.2]);
    for (const [i, x] of [0.75, 0.15, 0.1].entries()) expect(tilted[i]).toBeCloseTo(x, 12);
  });
});

describe('the regime scale', () => {
  it('is 1.0 risk-on, .7 neutral and .4 risk-off once the regime has lasted', () => {
    expect(rampedScale(regimeOf(-0.5, -0.5, -0.5))).toBeCloseTo(1, 12);
    expect(rampedScale(regimeOf(0, 0, 0))).toBeCloseTo(0.7, 12);
    expect(rampedScale(regimeOf(0.5, 0.5, 0.5))).toBeCloseTo(0.4, 12);
  });

  it('moves to a new regime by thirds over three days', () => {
    // From risk-on to risk-off: (1 + 1 + .4) / 3 = .8, then .6, then .4.
    expect(rampedScale(regimeOf(-0.5, -0.5, 0.5))).toBeCloseTo(0.8, 12);
    expect(rampedScale(regimeOf(-0.5, 0.5, 0.5))).toBeCloseTo(0.6, 12);
  });
});

describe('the caps', () => {
  it('hold each position to 25 %', () => {
    expect(clampWeights({ SPX: 0.4, GOLD: -0.3 })).toEqual({ SPX: 0.25, GOLD: -0.25 });
  });

  it('hold each class to 50 %, shrunk in proportion after the position cap', () => {
    // .25 + .25 + .125 = .625, so each times .8.
    const clamped = clampWeights({ UST3: 0.9, UST5: -0.25, UST10: 0.125, SPX: 0.1 });
    expect(clamped.UST3).toBeCloseTo(0.2, 12);
    expect(clamped.UST5).toBeCloseTo(-0.2, 12);
    expect(clamped.UST10).toBeCloseTo(0.1, 12);
    expect(clamped.SPX).toBe(0.1);
  });

  it('are kept by what they return, in the order they were given', () => {
    const clamped = clampWeights({ GOLD: 2, UST3: 2, SILVER: -2, SPX: -2, GBP: 1, JPY: 1, CHF: 1 });
    expect(isWithinCaps(clamped)).toBe(true);
    expect(Object.keys(clamped)).toEqual(['GOLD', 'UST3', 'SILVER', 'SPX', 'GBP', 'JPY', 'CHF']);
    expect(grossOf(clamped)).toBeLessThanOrEqual(3);
    expect(isWithinCaps({ SPX: 0.26 })).toBe(false);
  });
});

describe('rebalancing', () => {
  const equity = 1_000_000;

  it('waits until one weight is off by more than 5 % of equity', () => {
    const held = { SPX: 0.1, GOLD: 0.1 };
    expect(rebalance(held, { SPX: 0.15, GOLD: 0.1 }, equity)).toMatchObject({
      trades: [],
      weights: held,
    });
    const { trades, drift, weights } = rebalance(held, { SPX: 0.16, GOLD: 0.12 }, equity);
    expect(drift).toBeCloseTo(0.06, 12);
    expect(weights).toEqual({ SPX: 0.16, GOLD: 0.12 });
    // .06 and .02 of a million dollars.
    expect(trades.map(({ dollars }) => Math.round(dollars))).toEqual([60_000, 20_000]);
  });

  it('leaves trades below $10,000 undone', () => {
    const { trades, weights } = rebalance({ GOLD: 0.1 }, { SPX: 0.2, GOLD: 0.109 }, equity);
    expect(trades.map(({ instrument }) => instrument)).toEqual(['SPX']);
    expect(weights).toEqual({ SPX: 0.2, GOLD: 0.1 });
  });

  it('sells what is no longer wanted and forgets it', () => {
    expect(rebalance({ GOLD: 0.2 }, {}, equity).weights).toEqual({});
  });

  it('cuts back to a cap at once, however small the trade', () => {
    const { trades, weights } = rebalance(
      { SPX: 0.252, GOLD: 0.1 },
      { SPX: 0.25, GOLD: 0.101 },
      equity,
    );
    expect(trades).toHaveLength(1);
    expect(weights).toEqual({ SPX: 0.25, GOLD: 0.1 });
  });
});
