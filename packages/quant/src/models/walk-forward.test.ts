import { expect, test } from '@jest/globals';
import { seededRandom, shuffle } from '../base/random.ts';
import { rowOf } from '../features/feature-table.ts';
import { barSamples } from '../testing-local/generated-samples.ts';
import { type FoldRange, walkForwardRanges } from '../validation/fold-ranges.ts';
import type { Samples } from '../validation/samples.ts';
import { scorePredictions } from '../validation/scores.ts';
import { trainingRows } from '../validation/training-rows.ts';
import { type Fit, shuffleLabels, walkForward } from '../validation/walk-forward.ts';
import { reportWalkForward } from '../validation/walk-forward-report.ts';
import type { ModelSpec } from './fit-body.ts';
import { fitModel } from './fit-model.ts';

const trees: ModelSpec = { kind: 'boosted-trees', rounds: 60, leaves: 8, minRows: 50 };
const fit: Fit = (samples, rows) => fitModel(samples, trees, rows);
const fitLine: Fit = (samples, rows) => fitModel(samples, { kind: 'logistic' }, rows);

const edge = barSamples({ count: 7000, seed: 3, persistence: 0.5 });
const none = barSamples({ count: 40_000, seed: 5, persistence: 0, every: 5 });
const ranges = (samples: Samples): FoldRange[] =>
  walkForwardRanges(samples.labels.length, { folds: 4 });

/** Of trees, for the tests that only look at what came of them. */
const edgeOutcomes = walkForward(edge, ranges(edge), fit);
const canaryOutcomes = walkForward(shuffleLabels(edge, 1), ranges(edge), fit);

test.each([
  ['trees', fit],
  ['a logistic model', fitLine],
])(
  'a planted edge is found out of sample by %s: accuracy above .55, AUC above .6',
  async (_, fitted) => {
    const outcomes = await walkForward(edge, ranges(edge), fitted);
    const { verdict, pooled } = reportWalkForward(edge, outcomes, { leakAuc: 0.75 });
    expect(verdict).toBe('edge');
    expect(pooled.accuracy).toBeGreaterThan(0.55);
    expect(pooled.auc).toBeGreaterThan(0.6);
    expect(outcomes.every(({ purged }) => purged > 0)).toBe(true);
  },
);

test('an edge that is too good for prices is reported as a suspected leak', async () => {
  const report = reportWalkForward(edge, await edgeOutcomes);
  expect(report.verdict).toBe('leak-suspected');
  expect(report.leakSigns).toContainEqual({
    kind: 'auc-too-high',
    auc: report.pooled.auc,
    limit: 0.6,
  });
});

test.each([
  ['trees', fit],
  ['a logistic model', fitLine],
])('without an edge %s stays within 2 points of the base rate', async (_, fitted) => {
  const { verdict, pooled } = reportWalkForward(
    none,
    await walkForward(none, ranges(none), fitted),
  );
  expect(verdict).toBe('no-edge');
  const commoner = Math.max(pooled.baseRate, 1 - pooled.baseRate);
  expect(Math.abs(pooled.accuracy - commoner)).toBeLessThan(0.02);
});

test('shuffled labels are not learned, and the report shows it', async () => {
  const canary = await canaryOutcomes;
  const report = reportWalkForward(edge, await edgeOutcomes, { leakAuc: 0.75, canary });
  expect(report.canaryAuc).toBeGreaterThan(0.47);
  expect(report.canaryAuc).toBeLessThan(0.53);
  expect(report.verdict).toBe('edge');
  const shuffled = shuffleLabels(edge, 1);
  expect(reportWalkForward(shuffled, canary).verdict).toBe('no-edge');
});

test('a fit that knows the labels of the test part is caught by the shuffled ones', async () => {
  const peeking: Fit = (samples) => {
    let row = ranges(edge)[0]?.testFrom ?? 0;
    return { predict: () => (samples.labels[row++] === 1 ? 0.9 : 0.1) };
  };
  const canary = await walkForward(shuffleLabels(none, 1), ranges(none).slice(0, 1), (samples) => {
    let row = ranges(none)[0]?.testFrom ?? 0;
    return { predict: () => (samples.labels[row++] === 1 ? 0.9 : 0.1) };
  });
  const outcomes = await walkForward(edge, ranges(edge).slice(0, 1), peeking);
  const { verdict, leakSigns } = reportWalkForward(edge, outcomes, { canary });
  expect(verdict).toBe('leak-suspected');
  expect(leakSigns).toContainEqual({ kind: 'shuffled-labels-learned', auc: 1 });
});

test('a planted look-ahead feature is named', async () => {
  const random = seededRandom(2);
  const future = Float64Array.from(none.labels, (label) => label + 2 * random());
  const planted: Samples = {
    ...none,
    features: {
      names: [...none.features.names, 'tomorrow'],
      columns: [...none.features.columns, future],
    },
  };
  const report = reportWalkForward(planted, await walkForward(planted, ranges(planted), fit));
  expect(report.verdict).toBe('leak-suspected');
  const named = report.leakSigns.flatMap((sign) =>
    sign.kind === 'feature-too-good' ? [sign.feature.name] : [],
  );
  expect(named).toEqual(['tomorrow']);
});

test('shuffled folds leak where labels overlap: better scores for noise than in a walk-forward', async () => {
  // The price itself tells which stretch of time a bar is from, and so the outcome of its neighbours.
  const noise = barSamples({ count: 3000, seed: 11, persistence: 0 });
  const place = Float64Array.from(noise.starts);
  const samples: Samples = { ...noise, features: { names: ['place'], columns: [place] } };
  const rows = Int32Array.from(samples.labels.keys());
  shuffle(rows, seededRandom(1));
  const [tested, trained] = [rows.slice(0, 600).sort(), rows.slice(600).sort()];
  const model = fitModel(samples, { ...trees, tailShare: 0, leaves: 31, minRows: 5 }, trained);
  const leaking = scorePredictions(
    Uint8Array.from(tested, (row) => samples.labels[row] as number),
    Float64Array.from(tested, (row) => model.predict(rowOf(samples.features, row))),
  );
  expect(leaking.auc).toBeGreaterThan(0.65);
  const honest = reportWalkForward(samples, await walkForward(samples, ranges(samples), fit));
  expect(honest.verdict).toBe('no-edge');
});

test.each([
  ['trees', trees],
  ['a logistic model', { kind: 'logistic' } as const],
])('%s rest on nothing outside of the rows they are fitted to', (_, spec) => {
  const rows = trainingRows(edge, ranges(edge)[1] as FoldRange).rows;
  const trained = new Set(rows);
  const elsewhere = <T extends Float64Array | Uint8Array>(column: T): T => {
    const changed = column.slice() as T;
    for (const row of column.keys()) if (!trained.has(row)) changed[row] = row % 2;
    return changed;
  };
  const other: Samples = {
    ...edge,
    features: { ...edge.features, columns: edge.features.columns.map(elsewhere) },
    labels: elsewhere(edge.labels),
    weights: elsewhere(edge.weights),
  };
  expect(fitModel(other, spec, rows).body).toEqual(fitModel(edge, spec, rows).body);
});

test('a fold with one class has no AUC, and does not spoil the report', async () => {
  const labels = none.labels.slice();
  const [first] = ranges(none);
  labels.fill(1, first?.testFrom, first?.testTo);
  const samples = { ...none, labels };
  const { folds, pooled } = reportWalkForward(
    samples,
    await walkForward(samples, ranges(none), fitLine),
  );
  expect(folds[0]?.auc).toBeNull();
  expect(pooled.auc).not.toBeNull();
});
