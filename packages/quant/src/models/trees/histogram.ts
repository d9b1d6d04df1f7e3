/** Numbers a bin holds: sums of gradients, of hessians, and of rows; the fourth keeps bins on shifts. */
export const BIN_SHIFT = 2;
/** Bins a feature has room for. */
export const BINS = 256;
const FEATURE_SIZE = BINS << BIN_SHIFT;

/** Gradients and hessians of the rows of a leaf, bin by bin. */
export type Histogram = Float64Array;

export const allocateHistogram = (features: number): Histogram =>
  new Float64Array(features * FEATURE_SIZE);

/** Where the bins of a feature begin. */
export const featureOffset = (feature: number): number => feature * FEATURE_SIZE;

/** Rows of a leaf, and the gradients and hessians of all rows. */
export interface LeafRows {
  readonly rows: Int32Array;
  readonly from: number;
  readonly to: number;
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/** Room to line up what the rows of a leaf have, so that each feature reads it in order. */
export interface Scratch {
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/** Sums up the rows of a leaf for the features given; the other features are left as they are. */
export function fillHistogram(
  histogram: Histogram,
  bins: readonly Uint8Array[],
  features: Int32Array,
  leaf: LeafRows,
  scratch: Scratch,
): void {
  const { rows, from, to } = leaf;
  for (let at = from; at < to; at++) {
    const row = rows[at] as number;
    scratch.gradients[at] = leaf.gradients[row] as number;
    scratch.hessians[at] = leaf.hessians[row] as number;
  }
  for (const feature of features) {
    const offset = featureOffset(feature);
    histogram.fill(0, offset, offset + FEATURE_SIZE);
    addColumn(histogram, offset, bins[feature] as Uint8Array, leaf, scratch);
  }
}

/** The loop in which training spends its time: by itself, so that it is compiled for these types alone. */
function addColumn(
  histogram: Histogram,
  offset: number,
  column: Uint8Array,
  { rows, from, to }: LeafRows,
  { gradients, hessians }: Scratch,
): void {
  for (let at = from; at < to; at++) {
    const bin = offset + ((column[rows[at] as number] as number) << BIN_SHIFT);
    histogram[bin] = (histogram[bin] as number) + (gradients[at] as number);
    histogram[bin + 1] = (histogram[bin + 1] as number) + (hessians[at] as number);
    histogram[bin + 2] = (histogram[bin + 2] as number) + 1;
  }
}

/** What is left of a leaf when one of its children is taken out. */
export function subtract(parent: Histogram, child: Histogram, features: Int32Array): void {
  for (const feature of features) {
    const offset = featureOffset(feature);
    for (let at = offset; at < offset + FEATURE_SIZE; at++) {
      parent[at] = (parent[at] as number) - (child[at] as number);
    }
  }
}
