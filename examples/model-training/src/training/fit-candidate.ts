import {
  type FitRound,
  type ModelSpec,
  rowOf,
  type Samples,
  scorePredictions,
  type Trainer,
} from '@millrace/quant';
import type { Parts } from '../features/part-samples.ts';
import type { Candidate } from './candidate.ts';
import type { CandidateFit, CurvePoint } from './candidate-fit.ts';

export interface FitContext {
  readonly trainer: Trainer;
  readonly signal: AbortSignal;
  /** Hears of each tree while the fit goes on. */
  readonly onPoint: (point: CurvePoint) => void;
}

/** Fits a candidate to the training part, and stops it early and scores it by the validation part. */
export async function fitCandidate(
  samples: Samples,
  parts: Pick<Parts, 'train' | 'validation'>,
  { name, model: wanted }: Candidate,
  { trainer, signal, onPoint }: FitContext,
): Promise<CandidateFit> {
  const { train, validation } = parts;
  const curve: CurvePoint[] = [];
  const onRound = ({ round, loss, tailLoss = loss }: FitRound): void => {
    const point = { round, loss, validationLoss: tailLoss };
    curve.push(point);
    onPoint(point);
  };
  const isTrees = wanted.kind === 'boosted-trees';
  const rows = isTrees ? Int32Array.of(...train, ...validation) : train;
  const model = await trainer.fit(samples, specOf(wanted, parts), { rows, signal, onRound });
  const probabilities = predictRows(model, samples, validation);
  const scores = scorePredictions(labelsOf(samples, validation), probabilities);
  return { name, body: model.body, curve, validation: scores };
}

/** The options of the fit: the tail by which trees are stopped is the validation part, row for row. */
export function specOf(
  model: Candidate['model'],
  { train, validation }: Pick<Parts, 'train' | 'validation'>,
): ModelSpec {
  if (model.kind === 'logistic') return model;
  // The half row keeps the product from falling a rounding error below the whole number.
  const tailShare = (validation.length + 0.5) / (train.length + validation.length);
  return { ...model, tailShare };
}

/** What a model says of rows of the samples, in their order. */
export function predictRows(
  model: { predict(row: Float64Array): number },
  samples: Pick<Samples, 'features'>,
  rows: Int32Array,
): Float64Array {
  return Float64Array.from(rows, (row) => model.predict(rowOf(samples.features, row)));
}

/** The labels of rows, in their order. */
export function labelsOf({ labels }: Pick<Samples, 'labels'>, rows: Int32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => labels[row] ?? 0);
}
