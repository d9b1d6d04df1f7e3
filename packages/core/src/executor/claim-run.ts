import type { Clock } from '../base/clock.ts';
import { formatDuration } from '../base/duration.ts';
import type { RunId } from '../base/ids.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { currentProcess } from '../base/process-identity.ts';
import type { CheckpointStore, Lease, Owner, RunRecord, SeenLease } from '../checkpoint/index.ts';
import { LEASE_MS } from './heart-beat.ts';
import { LeaseWatch } from './lease-watch.ts';
import { type OwnerState, ownerState } from './owner-state.ts';
import { pause } from './pause.ts';

interface ClaimRequest {
  readonly store: CheckpointStore;
  readonly clock: Clock;
  /** Finds the run, and refuses one that is not to be claimed. */
  readonly look: () => Promise<RunRecord>;
  /** The silence of an owner on another machine that somebody else has watched. */
  readonly abandoned: SeenLease | undefined;
  /** Ends the wait for an owner on another machine. */
  readonly signal: AbortSignal | undefined;
}

/** An owner on another machine is looked at so often. */
const LOOK_EVERY_MS = 1000;

/** This process, as the owner of a run. */
export function currentOwner(): Owner {
  return { ...currentProcess(), leaseMs: LEASE_MS };
}

/**
 * Takes a run over for this process. An owner of this machine is replaced at once when it is dead, whatever any
 * clock says, and never while it lives; one of another machine once it was silent for its lease. Of several
 * processes one gets it, and the others look again: the run may have ended meanwhile.
 * @throws MillraceError RUN_HELD, RUN_NOT_FOUND
 */
export async function claimRun(request: ClaimRequest): Promise<Lease> {
  const { store, look } = request;
  for (;;) {
    const run = await look();
    const seen = await claimable(request, run);
    if (seen === undefined) continue;
    const result = await store.acquireRun(run.id, currentOwner(), seen);
    if (result.kind === 'acquired') return result.lease;
    if (result.kind === 'missing') throw runNotFound(store, run.id);
  }
}

/** What may be replaced; undefined when the run has moved on and is to be looked at again. */
async function claimable(request: ClaimRequest, run: RunRecord): Promise<SeenLease | undefined> {
  const { owner, fence } = run;
  if (owner === undefined) return { fence };
  const state = ownerState(owner);
  switch (state) {
    case 'dead': {
      // It may have ended the run between the look and its death; what is on record now is its last word.
      const now = await request.store.findRun(run.id);
      return now?.fence === fence && now.owner !== undefined ? { fence } : undefined;
    }
    case 'elsewhere':
      return await silenced(request, run, owner);
    default:
      throw held(run.id, owner, state);
  }
}

/** Waits until the owner gives a sign of life, which refuses the claim, or gave none for its lease. */
async function silenced(
  { store, clock, abandoned, signal }: ClaimRequest,
  run: RunRecord,
  owner: Owner,
): Promise<SeenLease | undefined> {
  const { fence, beat } = run;
  if (abandoned?.fence === fence && abandoned.beat === beat) return abandoned;
  const { leaseMs } = owner;
  if (leaseMs === undefined) throw held(run.id, owner, 'elsewhere');
  const watch = new LeaseWatch();
  watch.look(run, 0);
  const everyMs = Math.min(LOOK_EVERY_MS, leaseMs);
  while (await pause(clock, everyMs, signal)) {
    const now = await store.findRun(run.id);
    if (now?.owner === undefined || now.fence !== fence) return undefined;
    const sight = watch.look(now, everyMs);
    if (sight === 'moved') throw held(run.id, owner, 'elsewhere');
    if (sight === 'silent') return { fence, beat: now.beat };
  }
  throw held(run.id, owner, 'elsewhere');
}

/**
 * Refuses to tell what a resume would do while the run goes on: what it is at is neither done nor lost.
 * @throws MillraceError RUN_HELD
 */
export function refuseLive({ id, owner }: RunRecord): void {
  if (owner === undefined) return;
  const state = ownerState(owner);
  if (state === 'running' || state === 'stopped') throw held(id, owner, state);
}

export function runNotFound(store: CheckpointStore, id: RunId): MillraceError {
  return new MillraceError('RUN_NOT_FOUND', `${store.name} has no run ${JSON.stringify(id)}`, {
    details: { runId: id },
    help: 'list them with: millrace runs',
  });
}

function held(id: RunId, owner: Owner, state: Exclude<OwnerState, 'dead'>): MillraceError {
  const where = `process ${owner.pid} on ${owner.host}`;
  const { what, help } = holding(where, owner, state);
  return new MillraceError('RUN_HELD', `run ${id} is ${what}`, {
    details: { runId: id, owner, state },
    help,
  });
}

function holding(
  where: string,
  { pid, leaseMs }: Owner,
  state: Exclude<OwnerState, 'dead'>,
): { readonly what: string; readonly help: string } {
  if (state === 'running') {
    return {
      what: `still being executed by ${where}`,
      help: `wait for it, or stop it first: kill ${pid}`,
    };
  }
  if (state === 'stopped') {
    return {
      what: `owned by ${where}, which lives but is stopped (SIGSTOP, Ctrl-Z or a debugger)`,
      help: `let it go on: kill -CONT ${pid}; or end it and resume the run: kill -KILL ${pid}`,
    };
  }
  if (leaseMs === undefined) {
    return {
      what: `owned by ${where}, another machine, which cannot be asked from here`,
      help: 'resume it on that machine',
    };
  }
  return {
    what: `owned by ${where}, another machine, and its lease has not run out`,
    help: `wait for it, or stop it there: kill ${pid}; without a sign of life it is taken over after ${formatDuration(leaseMs)}`,
  };
}
