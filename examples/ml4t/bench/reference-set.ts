import {
  areaUnderCurve,
  fitModel,
  normals,
  rowOf,
  type Samples,
  seededRandom,
} from '@millrace/quant';
import { atMost, type Figure } from './figure.ts';

const FEATURES = 20;
export const TRAINED = 260_000;
const TESTED = 60_000;

/**
 * AUC that scikit-learn 1.9.1 reaches on this set: HistGradientBoostingClassifier(max_iter=100, max_leaf_nodes=31,
 * learning_rate=.1, l2_regularization=1, early_stopping=False), trained on the first 260,000 samples. Measured by
 * `packages/quant/bench/reference.py`; the set is the one that `packages/quant/bench` makes.
 */
const REFERENCE_AUC = 0.7378;

/** GENERATED: 20 normal features, of which six shape the odds, in curves and in a product. */
export function referenceSet(): Samples {
  const random = seededRandom(42);
  const normal = normals(random);
  const count = TRAINED + TESTED;
  const columns = Array.from({ length: FEATURES }, () => new Float64Array(count));
  const labels = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    for (const column of columns) column[row] = normal();
    const [a, b, c, d, e, f] = columns.map((column) => column[row] ?? 0) as [
      ...[number, number, number, number, number, number],
    ];
    const rise = e > 0.5 ? 0.8 : -0.2;
    const odds = 0.6 * a + 0.5 * b * c + 0.7 * Math.sin(2 * d) + rise - 0.4 * Math.abs(f);
    labels[row] = random() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
  }
  const starts = Int32Array.from(labels.keys());
  const names = columns.map((_, feature) => `f${feature}`);
  const weights = new Float64Array(count).fill(1);
  return { features: { names, columns }, labels, weights, starts, ends: starts };
}

/** The trees against a reference implementation on the same samples. */
export function measureAuc(samples: Samples): Figure {
  const rows = Int32Array.from({ length: TRAINED }, (_, row) => row);
  const model = fitModel(
    samples,
    { kind: 'boosted-trees', rounds: 100, leaves: 31, tailShare: 0 },
    rows,
  );
  const scores = Float64Array.from({ length: TESTED }, (_, at) =>
    model.predict(rowOf(samples.features, TRAINED + at)),
  );
  const auc = areaUnderCurve(samples.labels.subarray(TRAINED), scores) ?? 0;
  const name = `AUC ${auc.toFixed(4)}, apart from scikit-learn's ${REFERENCE_AUC}`;
  const measured = Math.abs(auc - REFERENCE_AUC);
  return atMost(name, { measured, required: 0.005, unit: '', digits: 4 });
}
