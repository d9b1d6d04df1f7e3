import { MillraceError } from '../base/millrace-error.ts';
import type { Lease } from './checkpoint-store.ts';

/**
 * What every store throws at a process that is no longer the owner of a run.
 * @param newest the fence on record; undefined when there is no such run
 */
export function leaseLost({ runId, fence }: Lease, newest: number | undefined): MillraceError {
  const why =
    newest === undefined
      ? 'the store does not have it'
      : newest === fence
        ? 'it has ended or was given back'
        : `another process has taken it over (lease ${fence}, newest ${newest})`;
  return new MillraceError('LEASE_LOST', `this process no longer owns run ${runId}: ${why}`, {
    details: { runId, fence, ...(newest === undefined ? {} : { newest }) },
    help: 'nothing that this process did since then is recorded; what it had committed before is kept',
  });
}
