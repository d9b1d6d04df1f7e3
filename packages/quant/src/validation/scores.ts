import { requireSameLength } from '../base/require.ts';

/** How probabilities did against what came. */
export interface Scores {
  readonly count: number;
  /** Area under the receiver operating characteristic; null where all labels are equal. */
  readonly auc: number | null;
  /** Mean of -ln(probability of what came); probabilities are kept 1e-15 away from 0 and 1. */
  readonly logLoss: number;
  /** Share of labels that a threshold of .5 gets right. */
  readonly accuracy: number;
  /** Share of ones. What always saying the commoner label gets right is the larger of it and 1 - it. */
  readonly baseRate: number;
}

/** @throws MillraceError COLUMNS_UNEQUAL */
export function scorePredictions(labels: Uint8Array, probabilities: Float64Array): Scores {
  const count = requireSameLength({ labels, probabilities });
  let loss = 0;
  let right = 0;
  let ones = 0;
  for (let at = 0; at < count; at++) {
    const label = labels[at] as number;
    const probability = probabilities[at] as number;
    loss -= Math.log(Math.max(1e-15, label === 1 ? probability : 1 - probability));
    if (probability >= 0.5 === (label === 1)) right += 1;
    ones += label;
  }
  return {
    count,
    auc: areaUnderCurve(labels, probabilities),
    logLoss: loss / count,
    accuracy: right / count,
    baseRate: ones / count,
  };
}

/**
 * The chance that a random 1 is scored above a random 0, ties half: the statistic of Mann and Whitney by average ranks.
 * O(n log n). Scores that are NaN count as one value below all others.
 * Source: J. Hanley and B. McNeil, The Meaning and Use of the Area under a ROC Curve (1982).
 * @returns null where there are no ones or no zeros
 */
export function areaUnderCurve(labels: ArrayLike<number>, scores: Float64Array): number | null {
  const order = sortedOrder(scores);
  let ones = 0;
  let rankSum = 0;
  for (let from = 0; from < order.length; ) {
    const value = scores[order[from] as number];
    let to = from;
    let onesHere = 0;
    while (to < order.length && Object.is(scores[order[to] as number], value)) {
      onesHere += labels[order[to] as number] as number;
      to += 1;
    }
    rankSum += onesHere * ((from + 1 + to) / 2);
    ones += onesHere;
    from = to;
  }
  const zeros = order.length - ones;
  if (ones === 0 || zeros === 0) return null;
  return (rankSum - (ones * (ones + 1)) / 2) / (ones * zeros);
}

function sortedOrder(scores: Float64Array): Uint32Array {
  const order = Uint32Array.from(scores.keys());
  // A minus zero would be a value of its own below.
  const key = (at: number): number => {
    const score = (scores[at] as number) + 0;
    return Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score;
  };
  return order.sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    return x < y ? -1 : x > y ? 1 : a - b;
  });
}
