import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { balanceClasses } from './class-weights.ts';
import { areaUnderCurve, scorePredictions } from './scores.ts';

test('scores by hand', () => {
  const scores = scorePredictions(Uint8Array.of(1, 0, 1, 0), Float64Array.of(0.8, 0.4, 0.4, 0.2));
  // Pairs of a 1 and a 0: .8 wins both, .4 ties one and wins one: 3.5 of 4.
  expect(scores.auc).toBeCloseTo(3.5 / 4, 14);
  expect(scores.accuracy).toBe(0.75);
  expect(scores.baseRate).toBe(0.5);
  expect(scores.logLoss).toBeCloseTo(
    -(Math.log(0.8) + Math.log(0.6) + Math.log(0.4) + Math.log(0.8)) / 4,
    14,
  );
});

test('with one class there is no area, and a sure mistake has a finite loss', () => {
  const scores = scorePredictions(Uint8Array.of(1, 1), Float64Array.of(0, 1));
  expect(scores.auc).toBeNull();
  expect(scores.logLoss).toBeCloseTo(-Math.log(1e-15) / 2, 10);
});

test('the area is the share of pairs that are in order, ties half', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: -4, max: 4 })), {
        minLength: 1,
        maxLength: 40,
      }),
      (list) => {
        const ones = list.filter(([label]) => label === 1).map(([, score]) => score);
        const zeros = list.filter(([label]) => label === 0).map(([, score]) => score);
        const wins = ones.flatMap((one) =>
          zeros.map((zero) => (one > zero ? 1 : one === zero ? 0.5 : 0)),
        );
        const labels = Uint8Array.from(list, ([label]) => label);
        const area = areaUnderCurve(
          labels,
          Float64Array.from(list, ([, score]) => score),
        );
        if (wins.length === 0) expect(area).toBeNull();
        else
          expect(area).toBeCloseTo(
            wins.reduce<number>((sum, win) => sum + win, 0) / wins.length,
            12,
          );
      },
    ),
    { numRuns: 300, seed: 8 },
  );
});

test('balanced classes weigh the same, and all together as before', () => {
  const weights = balanceClasses(Uint8Array.of(1, 0, 0, 0), Float64Array.of(1, 1, 1, 1));
  // Half of 4 each: 2 on the one, 2/3 on the others.
  expect([...weights]).toEqual([2, 2 / 3, 2 / 3, 2 / 3]);
});
