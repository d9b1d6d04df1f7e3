import { describe, expect, test } from '@jest/globals';
import {
  addFeature,
  areaUnderCurve,
  fitModel,
  generateBars,
  readBars,
  reportWalkForward,
  rollingRanges,
  rowOf,
  type Samples,
  seededRandom,
  shuffle,
  shuffleLabels,
  walkForward,
} from '@millrace/quant';
import { defaultSettings } from '../config/settings.ts';
import { openDataSet } from '../market/data-set.ts';
import { samplesOfBars } from './samples-of-bars.ts';

const spec = { kind: 'boosted-trees', rounds: 30, leaves: 6, minRows: 40 } as const;
const bars = generateBars({ count: 5000, seed: 4, persistence: 0 });
const samples = samplesOfBars(bars, defaultSettings());
const ranges = rollingRanges(samples.labels.length, { maxFolds: 5 });

const outcomesOf = (of: Samples) =>
  walkForward(of, ranges, (all, rows) => fitModel(all, spec, rows));

describe('the walk-forward report', () => {
  test('sees a planted feature that looks ahead, and names it', async () => {
    const ahead = Float64Array.from(samples.starts, (start) => {
      return Math.log((bars.close[start + 5] ?? Number.NaN) / (bars.close[start] ?? Number.NaN));
    });
    const side = samples.features.columns.at(-1) ?? new Float64Array(0);
    const signed = ahead.map((value, at) => value * (side[at] as number));
    const planted = {
      ...samples,
      features: addFeature(samples.features, 'return_of_tomorrow', signed),
    };
    const { verdict, leakSigns } = reportWalkForward(planted, await outcomesOf(planted));
    expect(verdict).toBe('leak-suspected');
    expect(leakSigns).toContainEqual(
      expect.objectContaining({
        kind: 'feature-too-good',
        feature: { name: 'return_of_tomorrow', auc: expect.any(Number) },
      }),
    );
    expect(leakSigns).toContainEqual(expect.objectContaining({ kind: 'auc-too-high' }));
  });

  test('sees nothing in the honest features', async () => {
    const canary = await outcomesOf(shuffleLabels(samples, 1));
    const { verdict, canaryAuc } = reportWalkForward(samples, await outcomesOf(samples), {
      canary,
    });
    expect(verdict).not.toBe('leak-suspected');
    expect(Math.abs((canaryAuc ?? 0) - 0.5)).toBeLessThan(0.03);
  });

  test('sees shuffled labels that were learned: folds that train on what they are tested on', async () => {
    const shuffled = shuffleLabels(samples, 1);
    const all = Int32Array.from(samples.labels.keys());
    const greedy = { ...spec, rounds: 60, leaves: 31, minRows: 5, tailShare: 0 };
    const cheat = fitModel(shuffled, greedy, all);
    const canary = await walkForward(shuffled, ranges, () => cheat);
    const { verdict, leakSigns } = reportWalkForward(samples, await outcomesOf(samples), {
      canary,
    });
    expect(verdict).toBe('leak-suspected');
    expect(leakSigns).toContainEqual(expect.objectContaining({ kind: 'shuffled-labels-learned' }));
  });
});

test('on real bars shuffled folds promise an edge of which a purged walk-forward knows nothing', async () => {
  const { bars: real } = readBars(await openDataSet({ data: 'aapl', bars: 0, seed: 1 }));
  const all = samplesOfBars(real, defaultSettings());
  const rows = Int32Array.from(all.labels.keys());
  shuffle(rows, seededRandom(1));
  const fifth = Math.floor(rows.length / 5);
  const [tested, trained] = [rows.slice(0, fifth).sort(), rows.slice(fifth).sort()];
  const keen = { ...spec, rounds: 100, leaves: 31, minRows: 20, tailShare: 0 };
  const model = fitModel(all, keen, trained);
  const leaking = areaUnderCurve(
    Array.from(tested, (row) => all.labels[row] as number),
    Float64Array.from(tested, (row) => model.predict(rowOf(all.features, row))),
  );
  const forward = rollingRanges(all.labels.length, { maxFolds: 5 });
  const outcomes = await walkForward(all, forward, (of, part) => fitModel(of, spec, part));
  const { verdict, pooled } = reportWalkForward(all, outcomes);
  expect(leaking).toBeGreaterThan(0.61);
  expect(pooled.auc).toBeLessThan(0.55);
  expect(verdict).toBe('no-edge');
});

test('with nine of ten labels alike a balanced model still finds the rare ones', () => {
  const rare = Uint8Array.from(samples.labels, (label, at) =>
    label === 1 && at % 5 === 0 ? 1 : 0,
  );
  const imbalanced = { ...samples, labels: rare };
  const share = rare.reduce((sum, label) => sum + label, 0) / rare.length;
  expect(share).toBeLessThan(0.1);
  const model = fitModel(imbalanced, { ...spec, balance: true });
  const found = Array.from(rare, (label, row) => {
    const features = Float64Array.from(
      imbalanced.features.columns,
      (column) => column[row] as number,
    );
    return { label, isFound: model.predict(features) >= 0.5 };
  });
  const ones = found.filter(({ label }) => label === 1);
  expect(ones.filter(({ isFound }) => isFound).length / ones.length).toBeGreaterThan(0.5);
});
