import { requirePositive, requireWhole } from '../../base/require.ts';
import type { Samples } from '../../validation/samples.ts';
import { probabilityOf } from '../meta-model.ts';
import type { LogisticBody } from '../model-body.ts';
import { solvePositive } from './solve-positive.ts';
import { designOf, scalesOf } from './standardise.ts';

export interface LogisticOptions {
  /** Ridge: half of it times the squared coefficients is added to the weighted log loss; not on the intercept. Default 1. */
  readonly l2?: number;
  /** Newton steps at most. Default 50. */
  readonly rounds?: number;
}

/** A step that moves no coefficient by more ends the search: it squares the error of the last one. */
const SETTLED = 1e-9;

/**
 * Ridge logistic regression on standardised features by Newton's method with halved steps. Without chance: the same samples give
 * the same model. Source: T. Hastie, R. Tibshirani and J. Friedman, The Elements of Statistical Learning (2009), section 4.4.
 * @param weights of the rows of `samples`, in place of its own
 */
export function fitLogistic(
  samples: Samples,
  rows: Int32Array,
  weights: Float64Array,
  { l2 = 1, rounds = 50 }: LogisticOptions,
): LogisticBody {
  requirePositive('l2', l2);
  requireWhole('rounds', rounds, 1);
  const { columns, names } = samples.features;
  const scales = scalesOf(columns, rows);
  const problem: Problem = {
    design: designOf(columns, rows, scales),
    labels: Uint8Array.from(rows, (row) => samples.labels[row] as number),
    weights: Float64Array.from(rows, (row) => weights[row] as number),
    width: columns.length + 1,
    l2,
  };
  const { beta, steps } = newton(problem, rounds);
  const [intercept = 0, ...coefficients] = beta;
  return {
    kind: 'logistic',
    features: names,
    training: { rows: rows.length, tailRows: 0, rounds: steps, tailLoss: [] },
    intercept,
    coefficients,
    means: [...scales.means],
    deviations: [...scales.deviations],
  };
}

interface Problem {
  readonly design: Float64Array;
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
  readonly width: number;
  readonly l2: number;
}

function newton(problem: Problem, rounds: number) {
  let beta = new Float64Array(problem.width);
  let loss = lossOf(problem, beta);
  let steps = 0;
  while (steps < rounds) {
    const step = newtonStep(problem, beta);
    if (step === undefined) break;
    steps += 1;
    let moved = beta.map((value, at) => value - (step[at] as number));
    let next = lossOf(problem, moved);
    for (let halving = 1; next > loss && halving <= 30; halving++) {
      moved = beta.map((value, at) => value - (step[at] as number) / 2 ** halving);
      next = lossOf(problem, moved);
    }
    const isSettled = step.every((value) => Math.abs(value) <= SETTLED);
    if (next <= loss || isSettled) beta = moved;
    if (isSettled || next > loss) break;
    loss = next;
  }
  return { beta, steps };
}

function scoreOf({ design, width }: Problem, beta: Float64Array, row: number): number {
  let score = 0;
  const offset = row * width;
  for (let at = 0; at < width; at++)
    score += (design[offset + at] as number) * (beta[at] as number);
  return score;
}

function lossOf(problem: Problem, beta: Float64Array): number {
  const { labels, weights, l2 } = problem;
  let loss = 0;
  for (let row = 0; row < labels.length; row++) {
    const score = scoreOf(problem, beta, row);
    const odds = labels[row] === 1 ? score : -score;
    // ln(1 + e^-x), without the overflow of e^-x.
    const term = odds > 0 ? Math.log1p(Math.exp(-odds)) : Math.log1p(Math.exp(odds)) - odds;
    loss += (weights[row] as number) * term;
  }
  for (const coefficient of beta.subarray(1)) loss += (l2 / 2) * coefficient * coefficient;
  return loss;
}

/** Inverse of the second derivatives times the first; undefined where they cannot be inverted. */
function newtonStep(problem: Problem, beta: Float64Array): Float64Array | undefined {
  const { design, labels, weights, width, l2 } = problem;
  const hessian = new Float64Array(width * width);
  const gradient = new Float64Array(width);
  for (let row = 0; row < labels.length; row++) {
    const probability = probabilityOf(scoreOf(problem, beta, row));
    const weight = weights[row] as number;
    const slope = weight * (probability - (labels[row] as number));
    const bend = weight * probability * (1 - probability);
    const offset = row * width;
    for (let i = 0; i < width; i++) {
      const value = design[offset + i] as number;
      gradient[i] = (gradient[i] as number) + slope * value;
      const scaled = bend * value;
      for (let j = 0; j <= i; j++) {
        const cell = i * width + j;
        hessian[cell] = (hessian[cell] as number) + scaled * (design[offset + j] as number);
      }
    }
  }
  for (let at = 1; at < width; at++) {
    gradient[at] = (gradient[at] as number) + l2 * (beta[at] as number);
    hessian[at * width + at] = (hessian[at * width + at] as number) + l2;
  }
  return solvePositive(hessian, gradient) ? gradient : undefined;
}
