import type { RunId } from '../base/ids.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { currentProcess, processLiveness } from '../base/process-identity.ts';
import type { CheckpointStore, Lease, Owner, RunRecord } from '../checkpoint/index.ts';

/**
 * Takes a run over for this process. An owner that is known to be dead is replaced at once.
 * @throws MillraceError RUN_HELD, RUN_NOT_FOUND
 */
export async function claimRun(store: CheckpointStore, id: RunId): Promise<Lease> {
  const me = currentProcess();
  let result = await store.acquireRun(id, me);
  if (result.kind === 'held') {
    const liveness = processLiveness(result.owner);
    if (liveness !== 'dead') throw held(id, result.owner, liveness);
    // Another process may have been quicker; then the fence has moved on and this is refused.
    result = await store.acquireRun(id, me, result.fence);
    if (result.kind === 'held') throw held(id, result.owner, processLiveness(result.owner));
  }
  if (result.kind === 'acquired') return result.lease;
  throw runNotFound(store, id);
}

/**
 * Refuses to tell what a resume would do while the run goes on: what it is at is neither done nor lost.
 * @throws MillraceError RUN_HELD
 */
export function refuseLive({ id, owner }: RunRecord): void {
  if (owner !== undefined && processLiveness(owner) === 'alive') throw held(id, owner, 'alive');
}

export function runNotFound(store: CheckpointStore, id: RunId): MillraceError {
  return new MillraceError('RUN_NOT_FOUND', `${store.name} has no run ${JSON.stringify(id)}`, {
    details: { runId: id },
    help: 'list them with: millrace runs',
  });
}

function held(id: string, owner: Owner, liveness: 'alive' | 'dead' | 'unknown'): MillraceError {
  const where = `process ${owner.pid} on ${owner.host}`;
  return new MillraceError(
    'RUN_HELD',
    liveness === 'unknown'
      ? `run ${id} is owned by ${where}, another machine, which cannot be asked from here`
      : `run ${id} is still being executed by ${where}`,
    {
      details: { runId: id, owner },
      help:
        liveness === 'unknown'
          ? 'resume it on that machine'
          : `wait for it, or stop it first: kill ${owner.pid}`,
    },
  );
}
