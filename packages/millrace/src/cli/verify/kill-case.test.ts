import { expect, test } from '@jest/globals';
import { type CaseChoice, caseName, chooseCases } from './kill-case.ts';

const choice: CaseChoice = {
  runPoints: ['before:a', 'after:a', 'before:b'],
  resumePoints: ['before:b'],
  middle: 'after:a',
  mostPoints: undefined,
  instants: 2,
  series: 1,
  seed: 1,
};

test('every point is tried, those of a resume after a first kill, and then instants', () => {
  const cases = chooseCases(choice);
  expect(cases.slice(0, 4).map(caseName)).toEqual([
    'after:a',
    'before:a',
    'before:b',
    'after:a, then before:b',
  ]);
  expect(cases.slice(4).map((one) => one.kind === 'instants' && one.shares.length)).toEqual([
    1, 1, 5,
  ]);
  expect(caseName({ kind: 'instants', shares: [0.5, 0.123] })).toBe(
    'at 50 %, then 12 % of its time',
  );
});

test('the same seed draws the same cases, in whatever order the points were passed', () => {
  const few: CaseChoice = { ...choice, mostPoints: 2 };
  const turned: CaseChoice = { ...few, runPoints: choice.runPoints.toReversed() };
  expect(chooseCases(turned)).toEqual(chooseCases(few));
  expect(chooseCases(few)).toHaveLength(5);
  const others = Array.from({ length: 8 }, (_, seed) => chooseCases({ ...few, seed }));
  expect(new Set(others.map((cases) => JSON.stringify(cases))).size).toBeGreaterThan(2);
});
