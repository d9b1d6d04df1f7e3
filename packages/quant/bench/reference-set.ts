import { normals, type Samples, seededRandom } from '@millrace/quant';

export const TRAINED = 260_000;
const TESTED = 60_000;
const FEATURES = 20;

/**
 * AUC that scikit-learn 1.9.1 reaches on this set: HistGradientBoostingClassifier(max_iter=100, max_leaf_nodes=31,
 * learning_rate=.1, l2_regularization=1, early_stopping=False), trained on the first 260,000 samples. `reference.py` measures it
 * from the file that `--write FILE` makes.
 */
export const REFERENCE_AUC = 0.7378;

/** Generated: 20 normal features, of which six shape the odds, in curves and in a product. */
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
    const step = e > 0.5 ? 0.8 : -0.2;
    const odds = 0.6 * a + 0.5 * b * c + 0.7 * Math.sin(2 * d) + step - 0.4 * Math.abs(f);
    labels[row] = random() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
  }
  const starts = Int32Array.from(labels.keys());
  const names = columns.map((_, feature) => `f${feature}`);
  const weights = new Float64Array(count).fill(1);
  return { features: { names, columns }, labels, weights, starts, ends: starts };
}

/** Row by row, the label last, as doubles. */
export function referenceBytes({ features, labels }: Samples): Uint8Array {
  const width = features.columns.length + 1;
  const flat = new Float64Array(labels.length * width);
  for (const [feature, column] of [...features.columns, Float64Array.from(labels)].entries()) {
    for (const [row, value] of column.entries()) flat[row * width + feature] = value;
  }
  return new Uint8Array(flat.buffer);
}
