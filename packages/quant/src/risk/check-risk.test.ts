import { expect, test } from '@jest/globals';
import { checkRisk } from './check-risk.ts';
import type { Position } from './risk-limits.ts';

const calm = { equity: 100, peakEquity: 100, dayStartEquity: 100 };
const wants = (id: string, wanted: number, more: Partial<Position> = {}): Position => ({
  id,
  held: 0,
  wanted,
  ...more,
});

test('what is within the limits is let through', () => {
  expect(checkRisk(calm, [wants('A', 0.1), wants('B', -0.05)])).toEqual({
    mode: 'trade',
    weights: { A: 0.1, B: -0.05 },
    breaches: [],
  });
});

test('a position is cut to a tenth, and what is no number to nothing', () => {
  const { weights, breaches } = checkRisk(calm, [wants('A', -0.25), wants('B', Number.NaN)]);
  expect(weights).toEqual({ A: -0.1, B: 0 });
  expect(breaches.map(({ limit, id }) => `${limit} ${id}`)).toEqual([
    'position A',
    'not-a-number B',
  ]);
});

test('a group of .4 is scaled to .3, its members in proportion', () => {
  const group = 'tech';
  const all = ['A', 'B', 'C', 'D'].map((id) => wants(id, 0.1, { group }));
  const { weights } = checkRisk(calm, [...all, wants('E', 0.1)]);
  expect(weights).toEqual({
    A: expect.closeTo(0.075),
    B: expect.closeTo(0.075),
    C: expect.closeTo(0.075),
    D: expect.closeTo(0.075),
    E: 0.1,
  });
});

test('gross positions of 4 are scaled to 3', () => {
  const all = Array.from({ length: 40 }, (_, at) => wants(`P${at}`, at % 2 === 0 ? 0.1 : -0.1));
  const { weights, breaches } = checkRisk(calm, all);
  expect(weights).toMatchObject({ P0: expect.closeTo(0.075), P1: expect.closeTo(-0.075) });
  expect(breaches).toEqual([{ limit: 'leverage', got: expect.closeTo(4), allowed: 3 }]);
});

test('a loss of 5 % since the entry closes the position', () => {
  const { weights } = checkRisk(calm, [wants('A', 0.1, { held: 0.1, gain: -0.05 })]);
  expect(weights).toEqual({ A: 0 });
});

test('after a daily loss of 2 % risk is only taken off', () => {
  const { mode, weights } = checkRisk({ ...calm, equity: 98 }, [
    wants('grows', 0.1, { held: 0.05 }),
    wants('shrinks', -0.02, { held: -0.05 }),
    wants('turns', -0.05, { held: 0.05 }),
    wants('new', 0.05),
  ]);
  expect(mode).toBe('reduce-only');
  expect(weights).toEqual({ grows: 0.05, shrinks: -0.02, turns: 0, new: 0 });
});

test('a drawdown of 15 % closes everything', () => {
  const { mode, weights } = checkRisk({ ...calm, equity: 85 }, [wants('A', 0.1, { held: 0.1 })]);
  expect({ mode, weights }).toEqual({ mode: 'kill', weights: { A: 0 } });
});

test('value at risk by hand: .1 of what lost 60 % once in 20 days is 6 %, scaled to 5 %', () => {
  const returns = Array.from({ length: 20 }, (_, at) => (at === 7 ? -0.6 : 0.01));
  const { weights, breaches } = checkRisk(calm, [wants('A', 0.1, { returns })]);
  expect(weights).toEqual({ A: expect.closeTo(0.1 * (5 / 6), 12) });
  expect(breaches).toEqual([{ limit: 'valueAtRisk', got: expect.closeTo(0.06), allowed: 0.05 }]);
});

test('an account without equity is refused', () => {
  expect(() => checkRisk({ ...calm, equity: 0 }, [])).toThrow('"equity" is 0');
});
