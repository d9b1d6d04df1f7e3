import { describe, expect, it } from '@jest/globals';
import { type BreakerState, calmBreaker, cutOf, levelOf, stepBreaker } from './breaker.ts';

const PEAK = 1_000_000;
const cooling = (level: 1 | 2 | 3, daysLeft: number): BreakerState => {
  return { state: 'cooling', level, daysLeft, peakDollars: PEAK };
};
const recovering = (level: 1 | 2 | 3, goodDays: number): BreakerState => {
  return { state: 'recovering', level, goodDays, peakDollars: PEAK };
};
const step = (state: BreakerState, equityDollars: number, gainDollars = 0, days = 1) => {
  return stepBreaker(state, { equityDollars, gainDollars, days });
};

describe('the circuit breaker', () => {
  it('has levels at 3, 5 and 8 % that cut 25, 50 and 100 %', () => {
    expect([0.029, 0.03, 0.05, 0.079, 0.08, 0.5].map(levelOf)).toEqual([undefined, 1, 2, 2, 3, 3]);
    expect([calmBreaker(PEAK), cooling(1, 5), cooling(2, 5), recovering(3, 0)].map(cutOf)).toEqual([
      0, 0.25, 0.5, 1,
    ]);
  });

  it('stays calm above 3 % and follows the equity up', () => {
    expect(step(calmBreaker(PEAK), 975_000)).toEqual(calmBreaker(PEAK));
    expect(step(calmBreaker(PEAK), 1_100_000)).toEqual(calmBreaker(1_100_000));
  });

  it('goes from calm straight to the level reached, and cools for 5 days', () => {
    expect(step(calmBreaker(PEAK), 970_000)).toEqual(cooling(1, 5));
    expect(step(calmBreaker(PEAK), 945_000)).toEqual(cooling(2, 5));
    expect(step(calmBreaker(PEAK), 900_000)).toEqual(cooling(3, 5));
  });

  it('counts the cool-down in trading days and then recovers', () => {
    expect(step(cooling(1, 5), 965_000)).toEqual(cooling(1, 4));
    expect(step(cooling(1, 5), 965_000, 0, 3)).toEqual(cooling(1, 2));
    expect(step(cooling(1, 1), 965_000)).toEqual(recovering(1, 0));
  });

  it('starts to cool again when it falls to a higher level, from cooling and from recovering', () => {
    expect(step(cooling(1, 2), 940_000)).toEqual(cooling(2, 5));
    expect(step(recovering(1, 2), 915_000)).toEqual(cooling(3, 5));
  });

  it('stays where it is on the same level', () => {
    expect(step(recovering(1, 0), 965_000, 10)).toEqual(recovering(1, 1));
    expect(step(recovering(2, 0), 965_000, 10)).toEqual(recovering(2, 1));
  });

  it('recovers after 3 days in a row without a loss; a loss starts the count again', () => {
    expect(step(recovering(1, 1), 960_000, -10)).toEqual(recovering(1, 0));
    expect(step(recovering(1, 1), 966_000, 10)).toEqual(recovering(1, 2));
    expect(step(recovering(1, 2), 967_000, 10)).toEqual(calmBreaker(967_000));
  });

  it('lets a book that was cut to nothing back in, measured from where it stands', () => {
    const flat = 915_000;
    const states = [step(calmBreaker(PEAK), flat)];
    for (let day = 0; day < 8; day += 1)
      states.push(step(states.at(-1) ?? calmBreaker(PEAK), flat));
    expect(states.map(cutOf)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0]);
    expect(states.at(-1)).toEqual(calmBreaker(flat));
  });

  it('does not move on a run without new prices', () => {
    expect(step(recovering(2, 1), 900_000, -10, 0)).toEqual(recovering(2, 1));
  });
});
