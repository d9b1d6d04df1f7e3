import {
  averageUniqueness,
  type Bars,
  barrierTargets,
  type FeatureTable,
  generateBars,
  metaLabels,
  priceFeatures,
  reportWalkForward,
  type Samples,
  selectEvents,
  selectSamples,
  shareSamples,
  Trainer,
  tripleBarrier,
  walkForward,
  walkForwardRanges,
} from '@millrace/quant';
import { print, timed } from './measure.ts';

const BARS = 260_000;

/** Twenty features: those of windows 20 and 60, and four of window 120. */
function twentyFeatures(bars: Bars): FeatureTable {
  const tables = [20, 60, 120].map((window) => priceFeatures(bars, { window, slowWindow: 240 }));
  const all = tables.flatMap(({ names, columns }, at) =>
    names.map((name, feature) => ({ name: `${name}_${at}`, column: columns[feature] })),
  );
  const kept = all.flatMap(({ name, column }) => (column === undefined ? [] : [{ name, column }]));
  const twenty = kept.slice(0, 20);
  return { names: twenty.map(({ name }) => name), columns: twenty.map(({ column }) => column) };
}

function samplesOf(bars: Bars): Samples {
  const sides = new Int8Array(bars.close.length).fill(1);
  const targets = barrierTargets(bars, { kind: 'atr', window: 14 });
  const { events } = selectEvents(sides, targets);
  const labels = tripleBarrier(bars, events, { takeProfit: 2, stopLoss: 1, horizon: 10 });
  const weights = averageUniqueness(labels.index, labels.end);
  return selectSamples(twentyFeatures(bars), labels, metaLabels(labels), weights);
}

/** Bars, features, labels, five folds on two threads, and the final fit: the whole training. */
export async function measureTraining(): Promise<void> {
  const bars = generateBars({ count: BARS, seed: 1, persistence: 0.3 });
  await timed('training, 260k bars x 20, all of it', async () => {
    const samples = await timed('  features and labels', () => shareSamples(samplesOf(bars)));
    await using trainer = new Trainer({ threads: 2 });
    const spec = { kind: 'boosted-trees', rounds: 100, leaves: 31, minRows: 100 } as const;
    const ranges = walkForwardRanges(samples.labels.length, { folds: 5 });
    const outcomes = await timed('  five folds, at most 100 trees', () =>
      walkForward(samples, ranges, (all, rows) => trainer.fit(all, spec, { rows })),
    );
    const model = await timed('  final fit', () => trainer.fit(samples, spec));
    const { verdict, pooled } = reportWalkForward(samples, outcomes, { leakAuc: 0.8 });
    const auc = pooled.auc?.toFixed(4) ?? 'none';
    print('  result', `${verdict}, AUC ${auc}, ${model.training.rounds} trees in the final model`);
  });
}
