import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../base/calendar.ts';
import { allVisibleAt } from '../data/series-table.ts';
import { instruments } from '../market/instrument.ts';
import {
  answered,
  REFERENCE_DATE,
  realTables,
  regimeOf,
  viewsOf,
} from '../testing-local/sample.ts';
import { Curve } from './curve.ts';
import { Dollar } from './dollar.ts';
import { Duration } from './duration.ts';
import { convictionOf } from './ideas.ts';
import { InflationHedge } from './inflation-hedge.ts';
import { nothingPricedReason, runStrategies, strategyRoster } from './run-strategies.ts';
import { sizeIdea } from './size-idea.ts';
import { type Idea, type MarketView, Strategy } from './strategy.ts';
import { proposalsOf } from './strategy-report.ts';

const asOf = dayOf(REFERENCE_DATE);
const view: MarketView = {
  tables: allVisibleAt(realTables(), asOf),
  reports: [answered('monetary', 1, 0.6), answered('inflation', 1, 0.5)],
  views: viewsOf({ rates: -0.2, fx: 0.05, equity: 0.6 }),
  regime: regimeOf(0, 0, 0),
};

/** A strategy with fixed ideas. */
class Fixed extends Strategy {
  readonly id: string;
  readonly #ideas: readonly Idea[];

  constructor(id: string, ...ideas: readonly Idea[]) {
    super();
    this.id = id;
    this.#ideas = ideas;
  }

  ideas(): readonly Idea[] {
    return this.#ideas;
  }
}

describe('sizing an idea', () => {
  const size = (confidence: number, direction: Idea['direction'] = 1, prior = 0) => {
    return sizeIdea({ instrument: 'SPX', direction, confidence }, 0.5, prior).weight;
  };

  it('multiplies strength factor, confidence and largest size', () => {
    // Strong 1 x .8 x .5; moderate .6 x .6 x .5; weak .3 x .4 x .5; none 0.
    expect(size(0.8)).toBeCloseTo(0.4, 12);
    expect(size(0.6, -1)).toBeCloseTo(-0.18, 12);
    expect(size(0.4)).toBeCloseTo(0.06, 12);
    expect(size(0.2)).toBe(0);
  });

  it('gives a leg its share', () => {
    const idea: Idea = { instrument: 'UST10', direction: 1, confidence: 0.8, share: 0.25 };
    expect(sizeIdea(idea, 0.5, 0).weight).toBeCloseTo(0.1, 12);
  });

  it('halves the weight it had on a neutral signal, and only then', () => {
    expect(size(0.8, 0, 0.3)).toBeCloseTo(0.15, 12);
    expect(size(0.8, 0, -0.3)).toBeCloseTo(-0.15, 12);
    expect(size(0.8, 1, 0.3)).toBeCloseTo(0.4, 12);
  });
});

describe('a view of a class', () => {
  it('is as sure as |net| / (|net| + .2)', () => {
    const [, , equity] = viewsOf({ equity: 0.6 });
    if (equity === undefined) throw new TypeError('no equity view');
    expect(convictionOf(equity).confidence).toBeCloseTo(0.75, 12);
    expect(convictionOf({ ...equity, net: 0.05, stance: 'neutral' }).direction).toBe(0);
  });
});

describe('the strategies', () => {
  it('are eight with ids of their own, each with ideas on known instruments', () => {
    expect(new Set(strategyRoster.map(({ id }) => id)).size).toBe(8);
    const known = new Set(instruments.map(({ id }) => id));
    for (const strategy of strategyRoster) {
      const ideas = strategy.ideas(view);
      expect(ideas.length).toBeGreaterThan(0);
      expect(ideas.every(({ instrument }) => known.has(instrument))).toBe(true);
    }
  });

  it('follow the view of their class', () => {
    const directions = new Duration().ideas(view).map(({ direction }) => direction);
    expect(directions).toEqual([-1, -1, -1]);
    expect(new Dollar().ideas(view).every(({ direction }) => direction === 0)).toBe(true);
  });

  it('lean against or with an agent: flatter curve when money is tight, gold when prices rise', () => {
    expect(new Curve().ideas(view)).toMatchObject([
      { instrument: 'UST1', direction: -1 },
      { instrument: 'UST10', direction: 1, share: 0.13 },
    ]);
    expect(new InflationHedge().ideas(view)).toMatchObject([
      { instrument: 'GOLD', direction: 1 },
      { instrument: 'UST10', direction: -1 },
    ]);
  });

  it('are neutral about an agent that did not answer', () => {
    const alone = { ...view, reports: [] };
    expect(new Curve().ideas(alone).every(({ direction }) => direction === 0)).toBe(true);
  });
});

describe('a round of strategies', () => {
  const big: Idea = { instrument: 'SPX', direction: 1, confidence: 0.8 };

  it('scales all weights to a leverage of 3', () => {
    // Five strategies of 1 x .8 x 1 are 4; each keeps 3/4 of .8 = .6.
    const roster = ['a', 'b', 'c', 'd', 'e'].map((id) => new Fixed(id, big));
    const round = runStrategies(view, asOf, {}, roster);
    expect(round.grossProposed).toBeCloseTo(4, 12);
    expect(round.scale).toBeCloseTo(0.75, 12);
    const weights = round.reports.flatMap(proposalsOf).map(({ weight }) => weight);
    expect(weights.every((weight) => Math.abs(weight - 0.6) < 1e-12)).toBe(true);
  });

  it('skips and records a strategy that fails', () => {
    class Broken extends Fixed {
      override ideas(): never {
        throw new RangeError('no idea');
      }
    }
    const round = runStrategies(view, asOf, {}, [new Broken('x'), new Fixed('y', big)]);
    expect(round.reports[0]).toEqual({ status: 'skipped', strategy: 'x', reason: 'no idea' });
    expect(round.reports[1]).toMatchObject({ status: 'proposed', strategy: 'y' });
    expect(nothingPricedReason(round)).toBeUndefined();
  });

  it('hands each strategy the weights it had', () => {
    const neutral: Idea = { instrument: 'SPX', direction: 0, confidence: 0.9 };
    const prior = { a: { SPX: 0.4 }, b: { GOLD: 0.4 } };
    const round = runStrategies(view, asOf, prior, [
      new Fixed('a', neutral),
      new Fixed('b', neutral),
    ]);
    expect(round.reports.map((report) => proposalsOf(report)[0]?.weight)).toEqual([0.2, 0]);
  });

  it('leaves out instruments without a current price, and says when none is left', () => {
    // Yields end on 2000-05-12; at the end of the month they are stale and stocks are not.
    const later = dayOf('2000-05-31');
    const lateView = { ...view, tables: allVisibleAt(realTables(), later) };
    const bond: Idea = { instrument: 'UST10', direction: 1, confidence: 0.9 };
    const round = runStrategies(lateView, later, {}, [new Fixed('a', big, bond)]);
    expect(round.reports[0]).toMatchObject({
      unpriced: ['UST10'],
      proposals: [{ instrument: 'SPX' }],
    });
    const none = runStrategies(lateView, later, {}, [new Fixed('a', bond)]);
    expect(nothingPricedReason(none)).toContain('every instrument is without a current price');
  });
});
