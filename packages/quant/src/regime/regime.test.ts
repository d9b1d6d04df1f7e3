import { expect, test } from '@jest/globals';
import { readRegime, regimeWeight } from './regime.ts';

test('an efficient market trends, an inefficient one ranges or is volatile', () => {
  expect(readRegime(0.65, 1)).toEqual({
    kind: 'trend',
    volatility: 'normal',
    confidence: expect.closeTo(0.35 / 0.7, 14),
  });
  expect(readRegime(0.15, 0.5)).toEqual({
    kind: 'range',
    volatility: 'low',
    confidence: expect.closeTo(0.5, 14),
  });
  expect(readRegime(0, 2.25)).toEqual({
    kind: 'volatile',
    volatility: 'high',
    confidence: expect.closeTo(0.5, 14),
  });
});

test('a weight is kind x volatility x (.5 + .5 x confidence)', () => {
  expect(regimeWeight({ kind: 'trend', volatility: 'low', confidence: 1 })).toBe(1);
  // .5 x .8 x .75
  expect(regimeWeight({ kind: 'range', volatility: 'normal', confidence: 0.5 })).toBeCloseTo(0.3);
  // .3 x .5 x .5
  expect(regimeWeight({ kind: 'volatile', volatility: 'high', confidence: 0 })).toBeCloseTo(0.075);
});
