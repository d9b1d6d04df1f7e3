import { BIN_SHIFT, featureOffset, type Histogram } from './histogram.ts';

/** Sums over the rows of a leaf. */
export interface LeafSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

/** Rows whose bin is above `bin` go right. */
export interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly gain: number;
  readonly left: LeafSums;
}

export interface SplitLimits {
  readonly minRows: number;
  readonly l2: number;
  readonly minGain: number;
}

/** A child lighter than it is rounding, whose value would be a ratio of errors. */
const LEAST_HESSIAN = 1e-3;

/**
 * The split that lowers the loss most by its second-order approximation: G^2 / (H + l2) of both children less that of the
 * leaf. Of equal ones the first. Source: T. Chen and C. Guestrin, XGBoost (2016), section 2.2.
 */
export function bestSplit(
  histogram: Histogram,
  cuts: readonly Float64Array[],
  features: Int32Array,
  leaf: LeafSums,
  { minRows, l2, minGain }: SplitLimits,
): Split | undefined {
  const own = (leaf.gradient * leaf.gradient) / (leaf.hessian + l2);
  let best: Split | undefined;
  let bestGain = minGain;
  for (const feature of features) {
    const offset = featureOffset(feature);
    const last = (cuts[feature] as Float64Array).length;
    let gradient = 0;
    let hessian = 0;
    let rows = 0;
    for (let bin = 0; bin < last; bin++) {
      const at = offset + (bin << BIN_SHIFT);
      gradient += histogram[at] as number;
      hessian += histogram[at + 1] as number;
      rows += histogram[at + 2] as number;
      if (rows < minRows || hessian < LEAST_HESSIAN) continue;
      const rightHessian = leaf.hessian - hessian;
      if (leaf.rows - rows < minRows || rightHessian < LEAST_HESSIAN) break;
      const rest = leaf.gradient - gradient;
      const gain =
        (gradient * gradient) / (hessian + l2) + (rest * rest) / (rightHessian + l2) - own;
      if (!(gain > bestGain)) continue;
      bestGain = gain;
      best = { feature, bin, gain, left: { gradient, hessian, rows } };
    }
  }
  return best;
}
