import { bestSplit, type LeafSums, type Split } from './best-split.ts';
import { GrownTree } from './grown-tree.ts';
import { allocateHistogram, fillHistogram, type Histogram, subtract } from './histogram.ts';
import type { TreeOptions } from './tree-options.ts';

/** Features of the training rows as bins, and the borders of the bins. */
export interface Binned {
  readonly bins: readonly Uint8Array[];
  readonly cuts: readonly Float64Array[];
}

/** First and second derivative of the loss for each row. */
export interface Slopes {
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/** A leaf that may still be split. */
interface OpenLeaf {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly sums: LeafSums;
  readonly histogram: Histogram | undefined;
  readonly split: Split | undefined;
}

/**
 * Grows trees leaf by leaf, always splitting the leaf that gains most, from histograms: a child's is summed up from the
 * smaller side, and its sibling's is what remains of the parent's. Source: G. Ke and others, LightGBM (2017).
 */
export class TreeGrower {
  readonly #binned: Binned;
  readonly #options: Required<TreeOptions>;
  readonly #scratch: Slopes;
  readonly #moved: Int32Array;
  readonly #spare: Histogram[] = [];

  constructor(binned: Binned, rowCount: number, options: Required<TreeOptions>) {
    this.#binned = binned;
    this.#options = options;
    this.#scratch = {
      gradients: new Float64Array(rowCount),
      hessians: new Float64Array(rowCount),
    };
    this.#moved = new Int32Array(rowCount);
  }

  /**
   * @param rows to learn from; they are put in another order, leaf by leaf
   * @param features that may be split
   * @param scores to which the value of its leaf is added for each of the rows
   */
  grow(slopes: Slopes, rows: Int32Array, features: Int32Array, scores: Float64Array): GrownTree {
    const { leaves, l2, learningRate } = this.#options;
    const tree = new GrownTree(leaves);
    const growth = { slopes, rows, features };
    const open = [this.#root(growth)];
    while (open.length < leaves) {
      const next = takeBest(open);
      if (next === undefined) break;
      const left = tree.split(next.leaf.node, next.split.feature, next.split.bin, next.split.gain);
      open.push(...this.#children(growth, next.leaf, next.split, left, open.length + 2 < leaves));
    }
    for (const { node, from, to, sums, histogram } of open) {
      const value = (-learningRate * sums.gradient) / (sums.hessian + l2);
      tree.value[node] = value;
      for (let at = from; at < to; at++) {
        const row = rows[at] as number;
        scores[row] = (scores[row] as number) + value;
      }
      if (histogram !== undefined) this.#spare.push(histogram);
    }
    return tree;
  }

  #root(growth: Growth): OpenLeaf {
    const { slopes, rows } = growth;
    let gradient = 0;
    let hessian = 0;
    for (const row of rows) {
      gradient += slopes.gradients[row] as number;
      hessian += slopes.hessians[row] as number;
    }
    const sums = { gradient, hessian, rows: rows.length };
    const histogram = this.#filled(growth, 0, rows.length);
    return this.#opened(growth, { node: 0, from: 0, to: rows.length, sums, histogram });
  }

  #children(
    growth: Growth,
    parent: OpenLeaf,
    split: Split,
    left: number,
    mayGoOn: boolean,
  ): readonly [OpenLeaf, OpenLeaf] {
    const middle = this.#partition(growth.rows, parent, split);
    const sums = [split.left, without(parent.sums, split.left)] as const;
    const sides = [
      { node: left, from: parent.from, to: middle, sums: sums[0] },
      { node: left + 1, from: middle, to: parent.to, sums: sums[1] },
    ] as const;
    const larger = sums[0].rows > sums[1].rows ? 0 : 1;
    if (
      !mayGoOn ||
      parent.histogram === undefined ||
      sums[larger].rows < 2 * this.#options.minRows
    ) {
      if (parent.histogram !== undefined) this.#spare.push(parent.histogram);
      const shut = (at: 0 | 1): OpenLeaf => ({
        ...sides[at],
        histogram: undefined,
        split: undefined,
      });
      return [shut(0), shut(1)];
    }
    const smaller = sides[1 - larger] as (typeof sides)[0];
    const small = this.#filled(growth, smaller.from, smaller.to);
    subtract(parent.histogram, small, growth.features);
    const histograms = larger === 0 ? [parent.histogram, small] : [small, parent.histogram];
    const opened = (at: 0 | 1): OpenLeaf =>
      this.#opened(growth, { ...sides[at], histogram: histograms[at] });
    return [opened(0), opened(1)];
  }

  #opened({ features }: Growth, leaf: Omit<OpenLeaf, 'split'>): OpenLeaf {
    const { histogram, sums } = leaf;
    const split =
      histogram === undefined
        ? undefined
        : bestSplit(histogram, this.#binned.cuts, features, sums, this.#options);
    return { ...leaf, split };
  }

  #filled({ slopes, rows, features }: Growth, from: number, to: number): Histogram {
    const histogram = this.#spare.pop() ?? allocateHistogram(this.#binned.bins.length);
    fillHistogram(
      histogram,
      this.#binned.bins,
      features,
      { rows, from, to, ...slopes },
      this.#scratch,
    );
    return histogram;
  }

  /** Rows of the left child before those of the right, both in the order they had: reading them stays in order. */
  #partition(rows: Int32Array, { from, to }: OpenLeaf, { feature, bin }: Split): number {
    const column = this.#binned.bins[feature] as Uint8Array;
    const moved = this.#moved;
    let left = from;
    let right = 0;
    for (let at = from; at < to; at++) {
      const row = rows[at] as number;
      if ((column[row] as number) > bin) {
        moved[right] = row;
        right += 1;
      } else {
        rows[left] = row;
        left += 1;
      }
    }
    rows.set(moved.subarray(0, right), left);
    return left;
  }
}

interface Growth {
  readonly slopes: Slopes;
  readonly rows: Int32Array;
  readonly features: Int32Array;
}

const without = (whole: LeafSums, part: LeafSums): LeafSums => ({
  gradient: whole.gradient - part.gradient,
  hessian: whole.hessian - part.hessian,
  rows: whole.rows - part.rows,
});

/** Takes the leaf whose split gains most out of the list; of equal ones the first. */
function takeBest(open: OpenLeaf[]): { leaf: OpenLeaf; split: Split } | undefined {
  let best: { leaf: OpenLeaf; split: Split; at: number } | undefined;
  for (const [at, leaf] of open.entries()) {
    const { split } = leaf;
    if (split === undefined || (best !== undefined && split.gain <= best.split.gain)) continue;
    best = { leaf, split, at };
  }
  if (best !== undefined) open.splice(best.at, 1);
  return best;
}
