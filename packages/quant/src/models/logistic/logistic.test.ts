import { expect, test } from '@jest/globals';
import { featureTable, rowOf } from '../../features/feature-table.ts';
import { curvedSamples } from '../../testing-local/generated-samples.ts';
import { scorePredictions } from '../../validation/scores.ts';
import { fitModel } from '../fit-model.ts';
import { ModelBody } from '../model-body.ts';
import { modelOf } from '../model-of.ts';
import { solvePositive } from './solve-positive.ts';

/** Of 4 samples at 0, 1 has label 1; of 4 at 1, 3 have. */
const x = [0, 0, 0, 0, 1, 1, 1, 1];
const starts = Int32Array.from(x.keys());
const samples = {
  features: featureTable({ x: Float64Array.from(x) }),
  labels: Uint8Array.of(0, 0, 0, 1, 0, 1, 1, 1),
  weights: new Float64Array(8).fill(1),
  starts,
  ends: starts,
};

test('without a ridge to speak of, the fitted shares are the observed ones', () => {
  const model = fitModel(samples, { kind: 'logistic', l2: 1e-10 });
  expect(model.predict(Float64Array.of(0))).toBeCloseTo(0.25, 8);
  expect(model.predict(Float64Array.of(1))).toBeCloseTo(0.75, 8);
});

test('at the solution the slope of the penalised loss is 0', () => {
  const { body } = fitModel(samples, { kind: 'logistic', l2: 2 });
  if (body.kind !== 'logistic') throw new TypeError('not logistic');
  const [beta = 0] = body.coefficients;
  // x standardised is -1 and 1: -(3 - 1) from each side plus 8 p, plus the ridge.
  const p = 1 / (1 + Math.exp(-beta));
  expect(4 * (p - 0.75) + 4 * (p - 0.75) + 2 * beta).toBeCloseTo(0, 9);
  expect(body.intercept).toBeCloseTo(0, 9);
});

test('separable samples, a constant feature and missing values have a finite model', () => {
  const apart = {
    ...samples,
    features: featureTable({
      x: Float64Array.from(x, (value, at) => (at === 2 ? Number.NaN : value)),
      constant: new Float64Array(8).fill(7),
    }),
    labels: Uint8Array.from(x),
  };
  const model = fitModel(apart, { kind: 'logistic' });
  expect(model.predict(Float64Array.of(1, 7))).toBeGreaterThan(0.7);
  expect(model.predict(Float64Array.of(Number.NaN, 7))).toBeCloseTo(0.5, 0);
  expect(model.importance()[1]).toEqual({ name: 'constant', share: expect.closeTo(0, 12) });
});

test('the straight part of a curve is learned out of sample, and a reload predicts the same', () => {
  const model = fitModel(curvedSamples(4000, 1), { kind: 'logistic' });
  const fresh = curvedSamples(2000, 2);
  const reloaded = modelOf(ModelBody.parse(JSON.parse(JSON.stringify(model.body))));
  const [own, again] = [model, reloaded].map((each) =>
    Float64Array.from(fresh.labels.keys(), (row) => each.predict(rowOf(fresh.features, row))),
  ) as [Float64Array, Float64Array];
  expect(again).toEqual(own);
  expect(scorePredictions(fresh.labels, own).auc).toBeGreaterThan(0.75);
  expect(model.training.rounds).toBeLessThan(12);
});

test('a system by hand: 4x + 2y = 10, 2x + 3y = 9', () => {
  const b = Float64Array.of(10, 9);
  expect(solvePositive(Float64Array.of(4, 2, 2, 3), b)).toBe(true);
  expect([...b]).toEqual([expect.closeTo(1.5, 14), expect.closeTo(2, 14)]);
  expect(solvePositive(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1))).toBe(false);
});
