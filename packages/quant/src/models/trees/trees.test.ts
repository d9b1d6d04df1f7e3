import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { featureTable, rowOf } from '../../features/feature-table.ts';
import { curvedSamples } from '../../testing-local/generated-samples.ts';
import type { Samples } from '../../validation/samples.ts';
import { scorePredictions } from '../../validation/scores.ts';
import { fitModel } from '../fit-model.ts';
import type { MetaModel } from '../meta-model.ts';
import { ModelBody } from '../model-body.ts';
import { modelOf } from '../model-of.ts';
import { binsOf, cutsOf } from './bin-features.ts';
import { treesFault } from './trees-model.ts';

const samplesOf = (x: readonly number[], labels: readonly number[]): Samples => {
  const starts = Int32Array.from(labels.keys());
  return {
    features: featureTable({ x: Float64Array.from(x) }),
    labels: Uint8Array.from(labels),
    weights: new Float64Array(x.length).fill(1),
    starts,
    ends: starts,
  };
};

const one = (x: number): Float64Array => Float64Array.of(x);
const probabilities = (model: MetaModel, { features, labels }: Samples): Float64Array =>
  Float64Array.from(labels.keys(), (row) => model.predict(rowOf(features, row)));

test('one tree of two leaves by hand', () => {
  const samples = samplesOf([1, 2, 3, 4], [0, 0, 1, 1]);
  const spec = { rounds: 1, leaves: 2, minRows: 1, l2: 1, learningRate: 1, tailShare: 0 } as const;
  const model = fitModel(samples, { kind: 'boosted-trees', ...spec });
  // Even odds: gradients .5, .5, -.5, -.5, hessians .25 each. The cut at 2.5 gives leaves of
  // -1 / (.5 + 1) and +1 / (.5 + 1).
  expect(model.predict(one(2))).toBeCloseTo(1 / (1 + Math.exp(2 / 3)), 12);
  expect(model.predict(one(2.6))).toBeCloseTo(1 / (1 + Math.exp(-2 / 3)), 12);
  expect(model.predict(one(2.4))).toBe(model.predict(one(-1e300)));
  expect(model.body).toMatchObject({ threshold: [2.5, 0, 0], gains: [expect.closeTo(4 / 3, 12)] });
});

test('weights count as samples do', () => {
  const samples = samplesOf([1, 2], [0, 1]);
  const heavy = { ...samples, weights: Float64Array.of(3, 1) };
  const repeated = samplesOf([1, 1, 1, 2], [0, 0, 0, 1]);
  const spec = { kind: 'boosted-trees', minRows: 1, rounds: 3, tailShare: 0 } as const;
  expect(fitModel(heavy, spec).predict(one(1))).toBeCloseTo(
    fitModel(repeated, spec).predict(one(1)),
    12,
  );
});

test('a value is in the bin of as many cuts as it is above; what is missing has its own', () => {
  const column = Float64Array.of(5, Number.NaN, 1, 3, Number.NEGATIVE_INFINITY, 99);
  const rows = Int32Array.from(column.keys());
  const cuts = cutsOf(column, rows, 255);
  expect([...cuts]).toEqual([-Number.MAX_VALUE, 2, 4, 52]);
  expect([...binsOf(column, rows, cuts)]).toEqual([3, 0, 1, 2, 0, 4]);
});

test('there are never more bins than asked for', () => {
  const column = Float64Array.from({ length: 5000 }, (_, at) => Math.sqrt(at));
  const rows = Int32Array.from(column.keys());
  for (const bins of [2, 3, 16, 255]) {
    const used = new Set(binsOf(column, rows, cutsOf(column, rows, bins)));
    expect(used.size).toBeLessThanOrEqual(bins);
    expect(Math.max(...used)).toBeLessThan(bins);
  }
});

test('a curve is learned out of sample, and what is missing goes with its own outcome', () => {
  const samples = curvedSamples(6000, 1);
  const [train, fresh] = [samples, curvedSamples(2000, 2)];
  const model = fitModel(train, { kind: 'boosted-trees', rounds: 100, leaves: 15 });
  const scores = scorePredictions(fresh.labels, probabilities(model, fresh));
  expect(scores.auc).toBeGreaterThan(0.81);
  expect(
    model
      .importance()
      .map(({ name }) => name)
      .slice(0, 2)
      .sort(),
  ).toEqual(['a', 'b']);
  const gap = samplesOf([Number.NaN, Number.NaN, 1, 2], [1, 1, 0, 0]);
  const spec = { kind: 'boosted-trees', minRows: 1, rounds: 5, tailShare: 0 } as const;
  expect(fitModel(gap, spec).predict(one(Number.NaN))).toBeGreaterThan(0.55);
});

test('boosting stops by the tail, and keeps the trees that were best', () => {
  const samples = curvedSamples(2000, 3);
  const spec = { kind: 'boosted-trees', rounds: 500, learningRate: 0.3, patience: 5 } as const;
  const { training } = fitModel(samples, spec);
  expect(training.tailRows).toBe(300);
  expect(training.rounds).toBeLessThan(100);
  expect(training.tailLoss).toHaveLength(training.rounds + 5);
  expect(Math.min(...training.tailLoss)).toBe(training.tailLoss[training.rounds - 1]);
});

test('a rare label is found, and with balance it is answered as often as the other', () => {
  const samples = curvedSamples(8000, 4, -3.3);
  const fresh = curvedSamples(3000, 5, -3.3);
  const baseRate = fresh.labels.reduce((sum, label) => sum + label, 0) / 3000;
  expect(baseRate).toBeGreaterThan(0.08);
  expect(baseRate).toBeLessThan(0.13);
  const spec = { kind: 'boosted-trees', rounds: 80, leaves: 8 } as const;
  const plain = probabilities(fitModel(samples, spec), fresh);
  const scores = scorePredictions(fresh.labels, plain);
  expect(scores.auc).toBeGreaterThan(0.8);
  const mean = plain.reduce((sum, probability) => sum + probability, 0) / plain.length;
  expect(Math.abs(mean - baseRate)).toBeLessThan(0.02);
  const balanced = probabilities(fitModel(samples, { ...spec, balance: true }), fresh);
  const called = balanced.filter((probability) => probability > 0.5).length / 3000;
  expect(called).toBeGreaterThan(0.2);
});

test('any fit is the same for the same seed, and the same to the last bit after a reload', () => {
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.integer({ min: 0, max: 1e6 }),
        rowShare: fc.constantFrom(0.5, 1),
        featureShare: fc.constantFrom(0.5, 1),
        leaves: fc.integer({ min: 2, max: 12 }),
      }),
      (change) => {
        const samples = curvedSamples(400, change.seed);
        const spec = { kind: 'boosted-trees', rounds: 12, ...change } as const;
        const model = fitModel(samples, spec);
        expect(fitModel(samples, spec).body).toEqual(model.body);
        const text = JSON.stringify(model.body);
        const reloaded = modelOf(ModelBody.parse(JSON.parse(text)));
        expect(JSON.stringify(reloaded.body)).toBe(text);
        const [before, after] = [model, reloaded].map((each) => probabilities(each, samples));
        expect(after).toEqual(before);
      },
    ),
    { numRuns: 25, seed: 6 },
  );
});

test('another seed draws other rows', () => {
  const samples = curvedSamples(500, 1);
  const spec = { kind: 'boosted-trees', rounds: 5, rowShare: 0.5 } as const;
  const one = fitModel(samples, { ...spec, seed: 1 });
  expect(fitModel(samples, { ...spec, seed: 2 }).body).not.toEqual(one.body);
});

test('samples of one class, rows of another length and impossible options are refused', () => {
  const samples = samplesOf([1, 2, 3], [1, 1, 1]);
  expect(() => fitModel(samples, { kind: 'boosted-trees' })).toThrow(
    expect.objectContaining({ code: 'TRAINING_ONE_CLASS' }),
  );
  const model = fitModel(samplesOf([1, 2], [0, 1]), { kind: 'boosted-trees', tailShare: 0 });
  expect(() => model.predict(Float64Array.of(1, 2))).toThrow(
    'a row has 2 features; the model was fitted with 1: x',
  );
  expect(() => fitModel(samples, { kind: 'boosted-trees', bins: 256 }, undefined)).toThrow();
});

test('bodies whose trees lead astray are told', () => {
  const { body } = fitModel(curvedSamples(300, 1), { kind: 'boosted-trees', rounds: 2 });
  if (body.kind !== 'boosted-trees') throw new TypeError('not trees');
  expect(treesFault(body)).toBeUndefined();
  const fault = (change: Partial<typeof body>) => treesFault({ ...body, ...change });
  expect(fault({ left: body.left.map(() => 0) })).toMatch(/outside of its tree/);
  expect(fault({ roots: [99_999] })).toMatch(/begins outside/);
  expect(fault({ value: [] })).toMatch(/differ in length/);
  expect(fault({ gains: [] })).toMatch(/one gain per feature/);
});
