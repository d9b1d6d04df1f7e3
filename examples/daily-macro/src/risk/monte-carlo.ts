import { element } from '../base/element.ts';
import { normals, seededRandom } from '../base/random.ts';
import type { Matrix } from '../portfolio/shrunk-covariance.ts';

export const DRAWS = 10_000;

/** Degrees of freedom of the simulated returns: fat tails, as daily returns have. Even, for the closed form below. */
const FREEDOM = 6;

/** Lower triangle L with L L' = m; a pivot that rounding made negative counts as 0. */
export function cholesky(m: Matrix): number[][] {
  const lower: number[][] = m.map(() => m.map(() => 0));
  m.forEach((row, i) => {
    for (let j = 0; j <= i; j += 1) {
      const [left, right] = [element(lower, i), element(lower, j)];
      let rest = element(row, j);
      for (let k = 0; k < j; k += 1) rest -= element(left, k) * element(right, k);
      const pivot = element(right, j);
      if (i === j) left[j] = Math.sqrt(Math.max(0, rest));
      else left[j] = pivot === 0 ? 0 : rest / pivot;
    }
  });
  return lower;
}

/**
 * Simulated one-day returns of the book: multivariate Student t with 6 degrees of freedom, mean 0 and the given
 * covariance. x = sqrt(4 / w) L z with z normal and w = -2 ln(u1 u2 u3), which is chi-square with 6 degrees.
 * The same seed gives the same draws.
 */
export function simulateReturns(
  covariance: Matrix,
  weights: readonly number[],
  seed: number,
  draws = DRAWS,
): number[] {
  const random = seededRandom(seed);
  const normal = normals(random);
  const lower = cholesky(covariance);
  // The book's return is linear in z, so L' w is formed once.
  const loading = weights.map((_, k) => {
    return weights.reduce((sum, weight, i) => sum + weight * element(element(lower, i), k), 0);
  });
  return Array.from({ length: draws }, () => {
    const chiSquare = -2 * Math.log(random() * random() * random());
    const gaussian = loading.reduce((sum, load) => sum + load * normal(), 0);
    return Math.sqrt((FREEDOM - 2) / chiSquare) * gaussian;
  });
}
