import { describe, expect, it } from '@jest/globals';
import { readIndicators } from '../indicators/read-indicators.ts';
import { INDICATORS, type RawReadings, type Readings } from '../indicators/readings.ts';
import { realBars } from '../testing-local/sample-bars.ts';
import { scoreUniverse } from './score-universe.ts';

const nothing: RawReadings = {
  bollinger: null,
  atr: null,
  rsi: null,
  obv: null,
  sma: null,
  relativeVolume: null,
};

function readings(ticker: string, raw: Partial<RawReadings>): Readings {
  const facts = { kind: 'stock', origin: 'real', close: 10, volatility: 0.2 } as const;
  return { ticker, ...facts, direction: 'neutral', raw: { ...nothing, ...raw } };
}

describe('the score', () => {
  it('is 6.31 for a universe of one whose indicators are all there', () => {
    const only = readings('AAPL', readIndicators(realBars('AAPL')).raw);
    const [scored] = scoreUniverse([only]);
    // The inverted three (.45 of .75) stand at 0 and count as 1, the others at 100: 100 ^ (.3 / .75).
    expect(scored?.score.toFixed(2)).toBe('6.31');
    expect(scored?.score).toBeCloseTo(100 ** 0.4, 12);
  });

  it('is 25 where nothing is known, inverted or not', () => {
    const [scored] = scoreUniverse([readings('NEW', {})]);
    expect(scored?.score).toBeCloseTo(25, 12);
    expect(scored?.breakdown.bollinger).toMatchObject({ raw: null, normalised: 25 });
  });

  it('wants little movement and much strength', () => {
    const quiet = readings('QUIET', { bollinger: 0.1, atr: 1, rsi: 60 });
    const wild = readings('WILD', { bollinger: 0.5, atr: 4, rsi: 40 });
    const [first, second] = scoreUniverse([wild, quiet]);
    expect([first?.ticker, second?.ticker]).toEqual(['QUIET', 'WILD']);
    // Rank 1 of 2 is percentile 50, inverted 50; rank 2 is 100, inverted 0.
    expect(first?.breakdown.bollinger.normalised).toBe(50);
    expect(second?.breakdown.bollinger.normalised).toBe(0);
    expect(first?.breakdown.rsi.normalised).toBe(100);
  });

  it('is the sum of what its factors contribute, by weights that add up to one', () => {
    const raw = (at: number): RawReadings => ({ ...nothing, rsi: at, atr: at % 3, obv: -at });
    const universe = Array.from({ length: 20 }, (_, at) => readings(`T${at}`, raw(at)));
    for (const { score, breakdown } of scoreUniverse(universe)) {
      const factors = INDICATORS.map((indicator) => breakdown[indicator]);
      const sum = (of: 'weight' | 'contribution') =>
        factors.reduce((total, factor) => total + factor[of], 0);
      expect(sum('contribution')).toBeCloseTo(score, 10);
      expect(sum('weight')).toBeCloseTo(1, 12);
    }
  });

  it('puts equal ones in the order of their names, whatever the order of the input', () => {
    const universe = ['B', 'A', 'C'].map((ticker) => readings(ticker, {}));
    const order = scoreUniverse(universe).map(({ ticker }) => ticker);
    expect(order).toEqual(['A', 'B', 'C']);
    expect(scoreUniverse([])).toEqual([]);
  });
});
