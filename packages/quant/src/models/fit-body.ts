import { MillraceError } from '@millrace/core';
import { balanceClasses } from '../validation/class-weights.ts';
import type { Samples } from '../validation/samples.ts';
import type { OnRound } from './fit-round.ts';
import { fitLogistic, type LogisticOptions } from './logistic/fit-logistic.ts';
import type { ModelBody } from './model-body.ts';
import { fitTrees } from './trees/fit-trees.ts';
import type { TreeOptions } from './trees/tree-options.ts';

interface Common {
  /**
   * Whether both labels shall weigh the same, for rare ones. Default false: the probabilities are then those of the data.
   */
  readonly balance?: boolean;
}

/** Which model to fit, and how. */
export type ModelSpec =
  | ({ readonly kind: 'boosted-trees' } & TreeOptions & Common)
  | ({ readonly kind: 'logistic' } & LogisticOptions & Common);

/**
 * Fits a model as plain data.
 * @param rows of the samples to learn from, rising
 * @param onRound hears of each tree of boosted trees; a logistic model is fitted in too few steps to tell of
 * @throws MillraceError TRAINING_ONE_CLASS, QUANT_ARGUMENT
 */
export function fitBody(
  samples: Samples,
  rows: Int32Array,
  spec: ModelSpec,
  onRound?: OnRound,
): ModelBody {
  requireBothClasses(samples, rows);
  const { kind, balance = false, ...options } = spec;
  const weights = balance ? balanceRows(samples, rows) : samples.weights;
  return kind === 'logistic'
    ? fitLogistic(samples, rows, weights, options)
    : fitTrees(samples, rows, weights, options, onRound);
}

/** Over the rows of the fit only: how common a label is elsewhere is not known to it. */
function balanceRows({ labels, weights }: Samples, rows: Int32Array): Float64Array {
  const own = balanceClasses(
    Uint8Array.from(rows, (row) => labels[row] as number),
    Float64Array.from(rows, (row) => weights[row] as number),
  );
  const all = weights.slice();
  for (const [at, row] of rows.entries()) all[row] = own[at] as number;
  return all;
}

/** @throws MillraceError TRAINING_ONE_CLASS */
export function requireBothClasses({ labels }: Samples, rows: Int32Array): void {
  let ones = 0;
  for (const row of rows) ones += labels[row] as number;
  if (ones > 0 && ones < rows.length) return;
  throw new MillraceError(
    'TRAINING_ONE_CLASS',
    `nothing can be learned from ${rows.length} samples of which ${ones} are labelled 1; expected both labels`,
    {
      details: { rows: rows.length, ones },
      help: 'Train on a longer part, or change the barriers.',
    },
  );
}
