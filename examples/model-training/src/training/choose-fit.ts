import { TrainingError } from '../base/training-error.ts';
import type { CandidateFit } from './candidate-fit.ts';

/**
 * The fit with the lowest validation loss; of equal ones the first. The test part has no say in it.
 * @throws TrainingError CANDIDATES_EMPTY
 */
export function chooseFit(fits: readonly CandidateFit[]): CandidateFit {
  const [first, ...others] = fits;
  if (first === undefined) {
    throw new TrainingError('CANDIDATES_EMPTY', 'there is no candidate; expected at least one');
  }
  return others.reduce(
    (best, fit) => (fit.validation.logLoss < best.validation.logLoss ? fit : best),
    first,
  );
}
