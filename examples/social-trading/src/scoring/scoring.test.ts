import { describe, expect, it } from '@jest/globals';
import { dayOfIso } from '../calendar/new-york-time.ts';
import { TradingCalendar } from '../calendar/trading-calendar.ts';
import { optionsModifier } from '../technical/options-modifier.ts';
import { confluenceBonus } from './confluence.ts';
import { cameTrue, credibility } from './credibility.ts';
import { type ScoreInputs, scoreSignal } from './score-signal.ts';
import { SIZE_OF_TIER, tierOf } from './tier.ts';
import { timeWeight } from './time-weight.ts';

const bullish: ScoreInputs = {
  sentiment: { direction: 'bullish', sentiment: 0.8 },
  ...{ verdict: 'PASS', modifier: 1, adx: 25, volatilityPercentile: 50 },
  ...{ credibility: 1, time: 1, signals: 1 },
};
const bearish: ScoreInputs = { ...bullish, sentiment: { direction: 'bearish', sentiment: 0.2 } };

describe('the score', () => {
  it.each([
    [25, 77.5],
    [31, 77],
    [19, 78],
    // The borders belong to the middle, and so does an ADX that is not known.
    [30, 77.5],
    [20, 77.5],
    [null, 77.5],
  ])('of bullish .8 and of bearish .2 that pass at an ADX of %s is exactly %s', (adx, score) => {
    expect(scoreSignal({ ...bullish, adx }).score).toBe(score);
    expect(scoreSignal({ ...bearish, adx }).score).toBe(score);
  });

  it('weighs the figures by .65 where volatility is above its 80th percentile, whatever the ADX', () => {
    // 80 x .35 + 75 x .65 = 28 + 48.75.
    expect(scoreSignal({ ...bullish, volatilityPercentile: 80.1, adx: 10 }).score).toBe(76.75);
    expect(scoreSignal({ ...bullish, volatilityPercentile: 80 }).score).toBe(77.5);
  });

  it('takes 75 and the options for a pass, 50 for a warning, 0 for a veto', () => {
    // Conviction 80 and half weights: 40 + half of 75 + .3 x 50 = 90, of 50, of 0.
    expect(scoreSignal({ ...bullish, modifier: 1.3 }).score).toBeCloseTo(85, 12);
    expect(scoreSignal({ ...bullish, modifier: 0.8 }).score).toBeCloseTo(72.5, 12);
    expect(scoreSignal({ ...bullish, verdict: 'WARN' }).score).toBe(65);
    expect(scoreSignal({ ...bullish, verdict: 'UNVALIDATED' }).score).toBe(65);
    expect(scoreSignal({ ...bullish, verdict: 'VETO' }).score).toBe(40);
  });

  it('multiplies credibility, time and confluence, and stays within 0 and 100', () => {
    const weaker = { ...bullish, credibility: 0.8, time: 0.5, signals: 2 };
    expect(scoreSignal(weaker).score).toBeCloseTo(77.5 * 0.8 * 0.5 * 1.1, 12);
    expect(scoreSignal({ ...bullish, credibility: 1.3, signals: 5 }).score).toBe(100);
    expect(scoreSignal({ ...bullish, time: 0 })).toMatchObject({ score: 0, tier: 'none' });
  });

  it('puts a neutral text in the middle', () => {
    const neutral = { direction: 'neutral', sentiment: 0.55 } as const;
    expect(scoreSignal({ ...bullish, sentiment: neutral }).score).toBe(62.5);
  });
});

describe('tiers', () => {
  it.each([
    [80, 'strong', 1],
    [79.9, 'moderate', 0.5],
    [60, 'moderate', 0.5],
    [59.9, 'weak', 0.25],
    [40, 'weak', 0.25],
    [39.9, 'none', 0],
  ] as const)('make of %s: %s', (score, tier, size) => {
    expect(tierOf(score)).toBe(tier);
    expect(SIZE_OF_TIER[tier]).toBe(size);
  });
});

describe('the modifier of the options', () => {
  it.each([
    [undefined, 1],
    [{ volumeRatio: null, unusualActivity: false, ivRank: null }, 1],
    [{ volumeRatio: 2, unusualActivity: false, ivRank: 50 }, 1.1],
    [{ volumeRatio: 1.99, unusualActivity: true, ivRank: 80 }, 1.1],
    [{ volumeRatio: 2, unusualActivity: true, ivRank: 49.9 }, 1.3],
    [{ volumeRatio: 1, unusualActivity: false, ivRank: 80.1 }, 0.8],
    [{ volumeRatio: 3, unusualActivity: true, ivRank: 90 }, 1],
  ])('is for %j: %s', (activity, modifier) => {
    expect(optionsModifier(activity)).toBe(modifier);
  });
});

describe('credibility', () => {
  it('is that of the tier until there are five outcomes', () => {
    const none = { right: 4, outcomes: 4 };
    expect([credibility(1, none), credibility(2, none), credibility(3, none)]).toEqual([
      1.2, 1, 0.8,
    ]);
  });

  it.each([
    [15, 20, 1.3],
    [14, 20, 1.1],
    [12, 20, 1.1],
    [11, 20, 1],
    [10, 20, 1],
    [9, 20, 0.8],
    [8, 20, 0.8],
    [7, 20, 0.5],
    [0, 5, 0.5],
  ])('is for %s right of %s: %s, whatever the tier', (right, outcomes, expected) => {
    expect(credibility(1, { right, outcomes })).toBe(expected);
    expect(credibility(3, { right, outcomes })).toBe(expected);
  });

  it('takes a move of 1 % to the right side for right, inclusive', () => {
    expect(cameTrue('bullish', 100, [100.5, 101, 99])).toBe(true);
    expect(cameTrue('bullish', 100, [100.99])).toBe(false);
    expect(cameTrue('bearish', 100, [99])).toBe(true);
    expect(cameTrue('bearish', 100, [101])).toBe(false);
    expect(cameTrue('neutral', 100, [101])).toBeNull();
    expect(cameTrue('bullish', 100, [])).toBeNull();
  });
});

describe('confluence', () => {
  it('adds 10 % for two and 20 % for three and more', () => {
    expect([0, 1, 2, 3, 9].map(confluenceBonus)).toEqual([0, 0, 0.1, 0.2, 0.2]);
  });
});

describe('the weight of the time', () => {
  const calendar = new TradingCalendar({ holidays: ['2016-05-30'] });
  const weight = (at: string, earnings: readonly number[] = []): number =>
    timeWeight(Date.parse(`${at}Z`), calendar, earnings);

  it.each([
    ['2016-04-27T08:00', 0.9],
    ['2016-04-27T13:29', 0.9],
    ['2016-04-27T13:30', 1],
    ['2016-04-27T20:00', 0.8],
    ['2016-04-28T00:00', 0.5],
    ['2016-04-27T07:59', 0.5],
    ['2016-04-30T15:00', 0.5],
    ['2016-05-30T15:00', 0.5],
    ['2016-03-11T14:15', 0.9],
    ['2016-03-14T14:15', 1],
  ])('is at %s UTC: %s', (at, expected) => {
    expect(weight(at)).toBe(expected);
  });

  it('is .7 of it within three days of a report, by the date in New York', () => {
    const report = [dayOfIso('2016-04-26')];
    expect(weight('2016-04-29T15:00', report)).toBe(0.7);
    expect(weight('2016-04-25T15:00', report)).toBe(0.7);
    expect(weight('2016-05-02T15:00', report)).toBe(1);
    expect(weight('2016-04-22T15:00', report)).toBe(1);
    // Still the 29th in New York.
    expect(weight('2016-04-30T00:30', report)).toBe(0.35);
  });
});
