import type { TrainingResult } from '../report/training-result.ts';
import { EXIT, type ExitCode } from './exit-code.ts';

/** How a training is spoken of. */
export type Verdict =
  | 'PROMOTED'
  | 'REJECTED'
  /** Of a pipeline that deploys nothing. */
  | 'COMPLETED'
  | 'DEGRADED'
  | 'FAILED'
  | 'CANCELLED';

/**
 * A rejection is a result and no fault: every stage did its work, and a resume would find nothing to mend. So the run
 * has succeeded, and the verdict is told beside it.
 */
export function verdictOf({ status, evaluation, deployed }: TrainingResult): Verdict {
  if (status === 'cancelled') return 'CANCELLED';
  if (status === 'degraded') return 'DEGRADED';
  if (status !== 'succeeded') return 'FAILED';
  if (evaluation?.verdict === 'rejected') return 'REJECTED';
  return deployed === undefined ? 'COMPLETED' : 'PROMOTED';
}

/** @param strict what was rejected, has drifted or is degraded counts */
export function exitCodeOf(result: TrainingResult, strict: boolean): ExitCode {
  const verdict = verdictOf(result);
  switch (verdict) {
    case 'CANCELLED':
      return EXIT.cancelled;
    case 'FAILED':
      return EXIT.failed;
    case 'DEGRADED':
    case 'REJECTED':
      return strict ? EXIT.degraded : EXIT.succeeded;
    case 'COMPLETED':
    case 'PROMOTED':
      return strict && result.drift?.isAlert === true ? EXIT.degraded : EXIT.succeeded;
    default:
      return verdict satisfies never;
  }
}
