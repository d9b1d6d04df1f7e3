import { seededRandom, shuffle } from '../base/random.ts';
import { rowOf } from '../features/feature-table.ts';
import type { FoldRange } from './fold-ranges.ts';
import type { Samples } from './samples.ts';
import { type Scores, scorePredictions } from './scores.ts';
import { trainingRows } from './training-rows.ts';

/** Gives the probability of label 1 for a row of features. */
export interface Predictor {
  predict(row: Float64Array): number;
}

/** Fits to the rows given, and to nothing else of the samples: scaling and binning too. */
export type Fit = (samples: Samples, rows: Int32Array) => Predictor | Promise<Predictor>;

export interface FoldOutcome extends FoldRange, Scores {
  readonly trained: number;
  readonly purged: number;
  /** Of the test rows, in their order. */
  readonly probabilities: Float64Array;
}

export interface FoldOptions {
  /** Bars left out after a test part that is trained around. Default 0. */
  readonly embargo?: number;
}

/** Trains and tests one fold. */
export async function runFold(
  samples: Samples,
  range: FoldRange,
  fit: Fit,
  { embargo = 0 }: FoldOptions = {},
): Promise<FoldOutcome> {
  const { rows, purged } = trainingRows(samples, range, embargo);
  const predictor = await fit(samples, rows);
  const probabilities = new Float64Array(range.testTo - range.testFrom);
  for (let at = 0; at < probabilities.length; at++) {
    probabilities[at] = predictor.predict(rowOf(samples.features, range.testFrom + at));
  }
  const labels = samples.labels.subarray(range.testFrom, range.testTo);
  const scores = scorePredictions(labels, probabilities);
  return { ...range, ...scores, trained: rows.length, purged, probabilities };
}

/** Trains and tests all folds; they are begun together, so that a fit on threads uses them all. */
export async function walkForward(
  samples: Samples,
  ranges: readonly FoldRange[],
  fit: Fit,
  options: FoldOptions = {},
): Promise<FoldOutcome[]> {
  return Promise.all(ranges.map((range) => runFold(samples, range, fit, options)));
}

/** The same samples with their labels shuffled: nothing can be learned from them. */
export function shuffleLabels(samples: Samples, seed: number): Samples {
  const labels = samples.labels.slice();
  shuffle(labels, seededRandom(seed));
  return { ...samples, labels };
}
