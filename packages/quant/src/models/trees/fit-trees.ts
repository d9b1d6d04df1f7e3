import { seededRandom, shuffle } from '../../base/random.ts';
import type { Samples } from '../../validation/samples.ts';
import { splitTail } from '../../validation/training-rows.ts';
import type { OnRound } from '../fit-round.ts';
import { probabilityOf } from '../meta-model.ts';
import type { TreesBody } from '../model-body.ts';
import { binsOf, cutsOf } from './bin-features.ts';
import type { GrownTree } from './grown-tree.ts';
import { meanLogLoss } from './mean-log-loss.ts';
import { TailWatch } from './tail-watch.ts';
import { type Binned, type Slopes, TreeGrower } from './tree-grower.ts';
import { checkTreeOptions, type TreeOptions } from './tree-options.ts';

/**
 * Gradient-boosted trees with logistic loss on histograms of at most 255 bins. The borders of the bins, too, are taken
 * from the rows given only. The same samples, rows and options give the same model, bit by bit.
 * Source: J. Friedman, Greedy Function Approximation: A Gradient Boosting Machine (2001).
 * @param weights of the rows of `samples`, in place of its own
 * @param onRound hears of each tree; without it, the loss of the training part is not computed
 */
export function fitTrees(
  samples: Samples,
  rows: Int32Array,
  weights: Float64Array,
  given: TreeOptions,
  onRound?: OnRound,
): TreesBody {
  const options = checkTreeOptions(given);
  const { columns } = samples.features;
  const { head, tail } = splitTail(samples, rows, options.tailShare);
  const cuts = columns.map((column) => cutsOf(column, head, options.bins));
  const binsFor = (part: Int32Array): readonly Uint8Array[] =>
    columns.map((column, at) => binsOf(column, part, cuts[at] as Float64Array));
  const labels = Uint8Array.from(head, (row) => samples.labels[row] as number);
  const headWeights = Float64Array.from(head, (row) => weights[row] as number);
  const base = baseLogOdds(labels, headWeights);
  const watch = new TailWatch(
    {
      bins: binsFor(tail),
      labels: Uint8Array.from(tail, (row) => samples.labels[row] as number),
      weights: Float64Array.from(tail, (row) => weights[row] as number),
    },
    base,
    options.patience,
  );
  const trees = boost({ bins: binsFor(head), cuts }, labels, headWeights, {
    base,
    watch,
    options,
    onRound,
  });
  const kept = trees.slice(0, watch.bestRounds);
  return {
    kind: 'boosted-trees',
    features: samples.features.names,
    training: {
      rows: head.length,
      tailRows: tail.length,
      rounds: kept.length,
      tailLoss: watch.losses,
    },
    base,
    ...flatten(kept, cuts),
  };
}

function baseLogOdds(labels: Uint8Array, weights: Float64Array): number {
  let ones = 0;
  let total = 0;
  for (const [at, label] of labels.entries()) {
    ones += label * (weights[at] as number);
    total += weights[at] as number;
  }
  // One imagined sample of each kind: the tail may have taken all of one.
  return Math.log((ones + 1) / (total - ones + 1));
}

interface Course {
  readonly base: number;
  readonly watch: TailWatch;
  readonly options: Required<TreeOptions>;
  readonly onRound: OnRound | undefined;
}

function boost(
  binned: Binned,
  labels: Uint8Array,
  weights: Float64Array,
  { base, watch, options, onRound }: Course,
): GrownTree[] {
  const random = seededRandom(options.seed);
  const scores = new Float64Array(labels.length).fill(base);
  const slopes: Slopes = {
    gradients: new Float64Array(labels.length),
    hessians: new Float64Array(labels.length),
  };
  const grower = new TreeGrower(binned, labels.length, options);
  const trees: GrownTree[] = [];
  while (trees.length < options.rounds) {
    updateSlopes(slopes, scores, labels, weights);
    const { drawn: rows, left } = draw(labels.length, options.rowShare, random);
    const { drawn: features } = draw(binned.bins.length, options.featureShare, random);
    const tree = grower.grow(slopes, rows, features, scores);
    for (const row of left) scores[row] = (scores[row] as number) + tree.valueOf(binned.bins, row);
    trees.push(tree);
    const goesOn = watch.after(tree);
    onRound?.({
      round: trees.length,
      loss: meanLogLoss(scores, labels, weights),
      tailLoss: watch.losses.at(-1),
    });
    if (!goesOn) break;
  }
  return trees;
}

function updateSlopes(
  { gradients, hessians }: Slopes,
  scores: Float64Array,
  labels: Uint8Array,
  weights: Float64Array,
): void {
  for (let row = 0; row < labels.length; row++) {
    const probability = probabilityOf(scores[row] as number);
    const weight = weights[row] as number;
    gradients[row] = weight * (probability - (labels[row] as number));
    hessians[row] = weight * probability * (1 - probability);
  }
}

/** Draws a share of the first `count` whole numbers, at least one; both parts in rising order. */
function draw(
  count: number,
  share: number,
  random: () => number,
): { readonly drawn: Int32Array; readonly left: Int32Array } {
  const all = Int32Array.from({ length: count }, (_, at) => at);
  if (share === 1) return { drawn: all, left: new Int32Array(0) };
  shuffle(all, random);
  const kept = Math.max(1, Math.round(count * share));
  return { drawn: all.slice(0, kept).sort(), left: all.slice(kept).sort() };
}

type Flat = Pick<TreesBody, 'roots' | 'feature' | 'threshold' | 'left' | 'value' | 'gains'>;

function flatten(trees: readonly GrownTree[], cuts: readonly Float64Array[]): Flat {
  const roots: number[] = [];
  const feature: number[] = [];
  const threshold: number[] = [];
  const left: number[] = [];
  const value: number[] = [];
  const gains = cuts.map(() => 0);
  for (const tree of trees) {
    const root = feature.length;
    roots.push(root);
    for (let node = 0; node < tree.count; node++) {
      const splits = tree.feature[node] as number;
      const isLeaf = splits < 0;
      feature.push(splits);
      threshold.push(
        isLeaf ? 0 : ((cuts[splits] as Float64Array)[tree.bin[node] as number] as number),
      );
      left.push(isLeaf ? -1 : root + (tree.left[node] as number));
      value.push(isLeaf ? (tree.value[node] as number) : 0);
      if (!isLeaf) gains[splits] = (gains[splits] as number) + (tree.gain[node] as number);
    }
  }
  return { roots, feature, threshold, left, value, gains };
}
