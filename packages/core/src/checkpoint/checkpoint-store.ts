import type { EncodedValue } from '../base/codec/index.ts';
import type { RunId, StageId } from '../base/ids.ts';
import type { RunEvent } from '../events/run-event.ts';
import type { RunStatus } from '../events/statuses.ts';
import type { DeleteResult, StoreMeasure, SweepRequest, SweepStep } from './clean-up.ts';
import type {
  AttemptRecord,
  FoundStage,
  ItemRecord,
  NewRun,
  NewSignal,
  Owner,
  RunRecord,
  SignalRecord,
  StageRecord,
  ValueHash,
  WaitRecord,
  WriteRecord,
} from './records.ts';

type MaybePromise<T> = T | Promise<T>;

/** The right to write one run. A newer lease of the same run has a higher fence and ends this one. */
export interface Lease {
  readonly runId: RunId;
  readonly fence: number;
}

/** How far the ownership of a run was when somebody looked at it. */
export interface SeenLease {
  readonly fence: number;
  /** Undefined: it does not matter whether the owner has moved it since. */
  readonly beat?: number;
}

/** All that becomes true at once: outcomes, what they wrote, and the events that tell of it. */
export interface CommitBatch {
  /** Values not stored before; one already there by its hash is left alone. */
  readonly values: readonly EncodedValue[];
  readonly attempts: readonly AttemptRecord[];
  readonly stages: readonly StageRecord[];
  /** Items of mapped stages; one that is there already is replaced. */
  readonly items?: readonly ItemRecord[];
  /** What stages wait for; a wait that is there already is replaced. */
  readonly waits?: readonly WaitRecord[];
  readonly events: readonly RunEvent[];
  /** The initial context as it is from now on, whole. */
  readonly context?: readonly WriteRecord[];
  /** Set by the last commit of an ownership. */
  readonly finish?: RunFinish;
  /** False: the batch may reach the disk later, in order; nobody waits for it. */
  readonly sync: boolean;
}

export interface RunFinish {
  readonly status: Exclude<RunStatus, 'running'>;
  readonly finishedAt: number;
  readonly durationMs: number;
}

export type AcquireResult =
  | { readonly kind: 'acquired'; readonly lease: Lease }
  /** Another process holds the run; the caller decides whether it still lives. */
  | { readonly kind: 'held'; readonly owner: Owner; readonly fence: number }
  /** Nobody holds the run, and somebody did since the caller looked: it is to be looked at again. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'missing' };

export type SendResult =
  | { readonly kind: 'sent'; readonly number: number }
  | { readonly kind: 'missing' }
  /** The run has succeeded: nothing of it will wait any more. */
  | { readonly kind: 'succeeded' };

export interface RunFilter {
  readonly pipeline?: string;
  readonly statuses?: readonly RunStatus[];
  /** Default 50. */
  readonly limit?: number;
}

/**
 * Where runs are kept. A batch is committed whole or not at all, and only while its lease is the
 * newest. A store never gives back a damaged record as if it were sound.
 * Every store passes the same conformance suite (`@millrace/testing`).
 */
export interface CheckpointStore {
  /** How messages name it: `sqlite:.millrace/millrace.db`. */
  readonly name: string;
  /** True when a commit costs much more than what it writes, so that outcomes close together are worth grouping. */
  readonly groupsCommits: boolean;
  /**
   * True when it keeps short values within their records: `short` of a write and `shortParams` of a basis. Any other
   * store gets them among the values of the commit. Default false.
   */
  readonly keepsShortValues?: boolean;

  /**
   * Writes the run and its initial values, owned by `owner` with fence 1.
   * @throws MillraceError RUN_EXISTS
   */
  createRun(run: NewRun, values: readonly EncodedValue[], owner: Owner): MaybePromise<Lease>;

  /**
   * Takes ownership with the next fence. Without `seen` it does so only while no owner is on record. With it
   * only while the ownership is still as it was seen, and then an owner that is on record is replaced: one
   * that the caller knows to be dead, or whose beat has stood still for its lease.
   */
  acquireRun(id: RunId, owner: Owner, seen?: SeenLease): MaybePromise<AcquireResult>;

  /**
   * Moves the beat, as each commit does. It need not be on disk when it returns.
   * @throws MillraceError LEASE_LOST, STORE_WRITE_FAILED
   */
  renewLease(lease: Lease): MaybePromise<void>;

  /** Gives ownership back without finishing the run. Unknown or outdated leases are ignored. */
  releaseRun(lease: Lease): MaybePromise<void>;

  /** @throws MillraceError LEASE_LOST, STORE_WRITE_FAILED */
  commit(lease: Lease, batch: CommitBatch): MaybePromise<void>;

  findRun(id: RunId): MaybePromise<RunRecord | undefined>;
  /** Newest first. */
  listRuns(filter: RunFilter): MaybePromise<readonly RunRecord[]>;
  /** The newest record of each stage, in order of commit. */
  loadStages(id: RunId): MaybePromise<readonly StageRecord[]>;
  /** All attempts, oldest first. Of those that were lost, a store may forget all but the newest of a stage. */
  loadAttempts(id: RunId): MaybePromise<readonly AttemptRecord[]>;
  /** The newest record of each item of a mapped stage, in no particular order. */
  loadItems(id: RunId, stage: StageId): MaybePromise<readonly ItemRecord[]>;
  /** Outcomes of any run that succeeded and have this `cacheKey`, newest first, at most `limit`. */
  findStages(cacheKey: string, limit: number): MaybePromise<readonly FoundStage[]>;
  /** Undefined when it is not there. Its hash is checked by the codec, not here. */
  loadValue(hash: ValueHash): MaybePromise<EncodedValue | undefined>;
  /** Stores a value outside a run's commit, for artifacts. */
  saveValue(value: EncodedValue): MaybePromise<void>;
  /** Events with `seq` above `after`, in order, at most `limit`. */
  loadEvents(id: RunId, after: number, limit: number): MaybePromise<readonly RunEvent[]>;

  /**
   * Adds a signal to a run, whoever owns it or nobody, also before anything waits for it. It moves neither the
   * beat nor the fence: it is no sign of life of the owner.
   * @throws MillraceError STORE_WRITE_FAILED
   */
  sendSignal(signal: NewSignal): MaybePromise<SendResult>;
  /** Signals with a `number` above `after`, in order. */
  loadSignals(id: RunId, after: number): MaybePromise<readonly SignalRecord[]>;
  /** The newest record of each wait, in no particular order. */
  loadWaits(id: RunId): MaybePromise<readonly WaitRecord[]>;

  /**
   * Deletes a run with all its records while its ownership is as it was seen, as `acquireRun` replaces an owner:
   * of a process that deletes and one that acquires, one wins. The values stay until a sweep removes them.
   * @param at now, in milliseconds since 1970
   */
  deleteRun(id: RunId, seen: SeenLease, at: number): MaybePromise<DeleteResult>;
  /** What the store has, and what would be left over once these runs were gone. Writes nothing. */
  measure(without: readonly RunId[]): MaybePromise<StoreMeasure>;
  /**
   * One short step towards removing all that nobody needs any more: what deleted runs have left, values that no
   * run refers to, also not by their hash inside of another value, and free room. It is called until it is done;
   * one that was interrupted is begun anew.
   */
  sweep(request: SweepRequest): MaybePromise<SweepStep>;
  close(): MaybePromise<void>;
}
