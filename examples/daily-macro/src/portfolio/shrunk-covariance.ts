import { element } from '../base/element.ts';
import { mean } from '../base/statistics.ts';

/** Square and symmetric, by row. */
export type Matrix = readonly (readonly number[])[];

export interface ShrunkCovariance {
  /** Per period of the returns. */
  readonly covariance: Matrix;
  /** Weight of the target, 0 to 1. */
  readonly shrinkage: number;
}

const matrix = (size: number, cell: (row: number, column: number) => number): Matrix => {
  return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => cell(i, j)));
};
const at = (m: Matrix, i: number, j: number): number => element(element(m, i), j);
const sum = (m: Matrix): number => m.flat().reduce((total, value) => total + value, 0);

function demeaned(column: ArrayLike<number>): number[] {
  const values = Array.from(column);
  const average = mean(values);
  return values.map((value) => value - average);
}

const meanProduct = (a: readonly number[], b: readonly number[]): number => {
  return a.reduce((total, value, t) => total + value * element(b, t), 0) / a.length;
};

/** Variances of the sample, all correlations at their mean. */
function constantCorrelationTarget(sample: Matrix): { target: Matrix; correlation: number } {
  const size = sample.length;
  const deviation = sample.map((_, i) => Math.sqrt(at(sample, i, i)));
  const product = (i: number, j: number): number => element(deviation, i) * element(deviation, j);
  let total = 0;
  for (let i = 0; i < size; i += 1) {
    for (let j = i + 1; j < size; j += 1) total += at(sample, i, j) / product(i, j);
  }
  const correlation = size < 2 ? 0 : (2 * total) / (size * (size - 1));
  const target = matrix(size, (i, j) => (i === j ? at(sample, i, i) : correlation * product(i, j)));
  return { target, correlation };
}

/**
 * Sample covariance (divided by T) shrunk towards constant correlation with the optimal intensity of O. Ledoit and
 * M. Wolf, "Honey, I Shrunk the Sample Covariance Matrix", Journal of Portfolio Management 30(4), 2004, appendix B.
 * @param columns one array of returns for each instrument, equally long, none of them constant
 */
export function shrunkCovariance(columns: readonly ArrayLike<number>[]): ShrunkCovariance {
  const x = columns.map(demeaned);
  const size = x.length;
  const length = x[0]?.length ?? 0;
  const column = (i: number): readonly number[] => element(x, i);
  const sample = matrix(size, (i, j) => meanProduct(column(i), column(j)));
  const { target, correlation } = constantCorrelationTarget(sample);
  const surprise = (i: number, j: number): number[] => {
    return column(i).map((value, t) => value * element(column(j), t) - at(sample, i, j));
  };
  const pi = matrix(size, (i, j) => meanProduct(surprise(i, j), surprise(i, j)));
  const rho = matrix(size, (i, j) => {
    if (i === j) return at(pi, i, i);
    const ratio = Math.sqrt(at(sample, j, j) / at(sample, i, i));
    const cross = surprise(i, j);
    const first = ratio * meanProduct(surprise(i, i), cross);
    return (correlation / 2) * (first + meanProduct(surprise(j, j), cross) / ratio);
  });
  const gamma = sum(matrix(size, (i, j) => (at(target, i, j) - at(sample, i, j)) ** 2));
  const kappa = gamma > 0 ? (sum(pi) - sum(rho)) / gamma : 0;
  const shrinkage = Math.max(0, Math.min(1, kappa / length));
  const covariance = matrix(size, (i, j) => {
    return shrinkage * at(target, i, j) + (1 - shrinkage) * at(sample, i, j);
  });
  return { covariance, shrinkage };
}
