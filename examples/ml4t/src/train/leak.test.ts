import { describe, expect, test } from '@jest/globals';
import {
  addFeature,
  fitModel,
  generateBars,
  reportWalkForward,
  rollingRanges,
  type Samples,
  shuffleLabels,
  walkForward,
} from '@millrace/quant';
import { defaultSettings } from '../config/settings.ts';
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
