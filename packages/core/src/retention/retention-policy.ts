import type { RunId } from '../base/ids.ts';
import type { RunRecord } from '../checkpoint/index.ts';
import type { RunStatus } from '../events/index.ts';
import type { OwnerState } from '../executor/owner-state.ts';

/**
 * `interrupted`: on record as running, but its process has ended. `waiting`: it was released while all that is left of
 * it waits for signals or times.
 */
export type RetainedStatus = RunStatus | 'interrupted' | 'waiting';

/** Which runs are kept. A run that any rule keeps is kept; what no rule keeps is deleted. */
export interface RetentionPolicy {
  /** So many of the newest runs of each pipeline that may go. */
  readonly keep?: number;
  /** Runs that ended within so many milliseconds. */
  readonly keepMs?: number;
  readonly keepStatuses?: readonly RetainedStatus[];
  readonly keepRuns?: readonly RunId[];
  /** Whether unfinished runs, which could be resumed, may go like the others. Default false. */
  readonly unfinished?: boolean;
  /** The same of runs that wait for a signal or a time: somebody is to answer them. Default false. */
  readonly waiting?: boolean;
  /** Runs of other pipelines are kept. */
  readonly pipeline?: string;
  /** Exactly these go, and no others; only a live owner or `keepRuns` keeps one of them. */
  readonly deleteRuns?: readonly RunId[];
}

/** Why a run is kept. */
export type KeepReason =
  /** A process of this machine executes it; `stopped`: it lives and does nothing. */
  | { readonly kind: 'live'; readonly state: 'running' | 'stopped'; readonly pid: number }
  /** Its owner is on another machine, and nobody can tell from here whether it lives. */
  | { readonly kind: 'elsewhere'; readonly host: string; readonly pid: number }
  | { readonly kind: 'named' }
  | { readonly kind: 'not-asked-for' }
  | { readonly kind: 'other-pipeline' }
  | { readonly kind: 'unfinished'; readonly status: RetainedStatus }
  | { readonly kind: 'status'; readonly status: RetainedStatus }
  | { readonly kind: 'last-success' }
  /** An unfinished fork of it, which is kept, may still take over what it has done. */
  | { readonly kind: 'forked'; readonly by: RunId }
  /** Counted from 1 for the newest. */
  | { readonly kind: 'newest'; readonly rank: number; readonly of: number }
  | { readonly kind: 'recent'; readonly ageMs: number; readonly ofMs: number };

/** What becomes of a run. */
export interface RunVerdict {
  readonly run: RunRecord;
  readonly status: RetainedStatus;
  /** Undefined: it goes. */
  readonly keep: KeepReason | undefined;
}

export interface RetentionRequest {
  /** Newest first, as a store lists them. */
  readonly runs: readonly RunRecord[];
  readonly policy: RetentionPolicy;
  /** Runs without an owner of which a stage waits for a signal or a time. */
  readonly waiting: ReadonlySet<RunId>;
  readonly now: number;
  readonly stateOf: (owner: NonNullable<RunRecord['owner']>) => OwnerState;
}
