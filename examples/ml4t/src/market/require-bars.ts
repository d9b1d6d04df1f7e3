import { ml4tError } from '../base/ml4t-error.ts';

/** @throws MillraceError TOO_FEW_BARS */
export function requireBars(got: number, least: number): void {
  if (got >= least) return;
  throw ml4tError('TOO_FEW_BARS', `got ${got} bars to train on, needed at least ${least}`, {
    details: { got, least },
  });
}
