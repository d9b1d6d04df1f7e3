import { expect, test } from '@jest/globals';
import { featureTable } from '../features/feature-table.ts';
import { walkForwardRanges } from './fold-ranges.ts';
import type { Samples } from './samples.ts';
import { walkForward } from './walk-forward.ts';
import { reportWalkForward } from './walk-forward-report.ts';

/** 2,000 samples, of which two in 25 have a feature that tells their label: AUC .577. */
function samplesOf(horizon: number): Samples {
  const starts = Int32Array.from({ length: 2000 }, (_, at) => at);
  const labels = Uint8Array.from(starts, (at) => at % 2);
  return {
    features: featureTable({ x: Float64Array.from(starts, (at) => (at % 25 < 2 ? at % 2 : 0.5)) }),
    labels,
    weights: new Float64Array(2000).fill(1),
    starts,
    ends: starts.map((start) => start + horizon),
  };
}

const reading = () => ({ predict: (row: Float64Array) => row[0] ?? 0 });
const report = async (samples: Samples) =>
  reportWalkForward(
    samples,
    await walkForward(samples, walkForwardRanges(2000, { folds: 4 }), reading),
  );

test('the same AUC is an edge of labels that stand alone, and none of labels that overlap', async () => {
  const alone = await report(samplesOf(0));
  const overlapping = await report(samplesOf(19));
  expect(alone.pooled).toEqual(overlapping.pooled);
  expect(alone.pooled.auc).toBeCloseTo(0.577, 3);
  expect(alone.effectiveCount).toBeCloseTo(1600, 6);
  // Each bar is shared by 20 labels; two standard errors of 81 samples are .13.
  expect(overlapping.effectiveCount).toBeGreaterThan(80);
  expect(overlapping.effectiveCount).toBeLessThan(85);
  expect([alone.verdict, overlapping.verdict]).toEqual(['edge', 'no-edge']);
});

test('without folds there is nothing to report', () => {
  expect(() => reportWalkForward(samplesOf(0), [])).toThrow('got 0, needed at least 1');
});
