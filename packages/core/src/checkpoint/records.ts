import type { EncodedValue } from '../base/codec/index.ts';
import type { RunId, StageId } from '../base/ids.ts';
import type { FailureRecord } from '../events/failure-record.ts';
import type { ItemCounts } from '../events/item-counts.ts';
import type { RunStatus } from '../events/statuses.ts';
import type { StageBasis } from '../plan/index.ts';

/** Names a stored value: the hash of its encoded form. */
export type ValueHash = string;

/** One key that a stage wrote: the value itself, or immer patches upon what the key was before. */
export interface WriteRecord {
  readonly key: string;
  readonly kind: 'value' | 'patch';
  readonly hash: ValueHash;
  /** The value itself where it is short: `json:5`. It is then not among the values of its commit. */
  readonly short?: string;
}

/** The outcome of another run that a stage took over. */
export interface StageOrigin {
  readonly runId: RunId;
  readonly attempt: number;
}

/** A stage record of any run, as a search across runs finds it. */
export interface FoundStage {
  readonly runId: RunId;
  readonly record: StageRecord;
}

/** Where a run's definition came from, so that `resume RUN` finds it again. */
export interface RunSource {
  /** Absolute path of the config file. */
  readonly file?: string;
  /** Folder the run was started in. */
  readonly cwd?: string;
  /** Keys of the initial context that the caller gave; the others came from the definition. */
  readonly given?: readonly string[];
  /** The run whose outcomes this one began with. */
  readonly forkedFrom?: RunId;
  /** The schedule that started it, and the time it was scheduled for, in milliseconds since 1970 UTC. */
  readonly schedule?: { readonly name: string; readonly at: number };
  /** Overrides that were given at the start, as plain data. */
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/** The process that owns a run. A pid alone is reused by the system; with its start time it is not. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** Opaque start mark of the process; empty where the system tells none. */
  readonly processStart: string;
  /** It never leaves the `beat` of its run unmoved for so long. Undefined: it promises nothing. */
  readonly leaseMs?: number;
}

/** A run as it is first written. */
export interface NewRun {
  readonly id: RunId;
  readonly pipeline: string;
  readonly source: RunSource;
  /** Initial context by key. */
  readonly context: readonly WriteRecord[];
  readonly createdAt: number;
}

/** Ended stages only: a stage without a record is to be done. */
export type StoredStageStatus = 'succeeded' | 'failed' | 'skipped' | 'cancelled';

/** The durable record of a finished stage. */
export interface StageRecord {
  readonly stage: StageId;
  readonly status: StoredStageStatus;
  /** Number of the attempt that ended it; 0 when it never started. */
  readonly attempt: number;
  /** Which ownership of the run did it, counted from 1; a kept stage has an older one. */
  readonly fence: number;
  readonly startedAt?: number;
  readonly finishedAt: number;
  readonly durationMs: number;
  /** Digest of what the stage depended on; a reuse compares it. Empty when it never started. */
  readonly fingerprint: string;
  readonly writes: readonly WriteRecord[];
  /** A failed stage whose dependants went on with the fallback's outputs. */
  readonly fallback: boolean;
  readonly failure?: FailureRecord;
  /** Why it was skipped. */
  readonly reason?: string;
  /** Undefined for a stage that never started. */
  readonly basis?: StageBasis;
  /** By what other runs find it: set on the outcome of a cacheable stage that succeeded. */
  readonly cacheKey?: string;
  /** Set when the outcome was taken over from another run. */
  readonly origin?: StageOrigin;
  /** Of a mapped stage that came to its items. */
  readonly items?: ItemCounts;
}

export const ITEM_STATUSES = ['succeeded', 'failed'] as const;

/** The durable record of one item of a mapped stage: how it last ended. */
export interface ItemRecord {
  readonly stage: StageId;
  /** What names it within its stage. */
  readonly key: string;
  /** Of the stage, in which it last ran. */
  readonly attempt: number;
  readonly status: (typeof ITEM_STATUSES)[number];
  /** How often it was tried in that attempt. */
  readonly tries: number;
  readonly startedAt: number;
  readonly durationMs: number;
  /** Identity of the item's content; empty when it has none. */
  readonly itemHash: string;
  /** Names the stored value that tells what the result rests on beside the item. */
  readonly basis: ValueHash;
  /** Of one that succeeded. */
  readonly result?: ValueHash;
  readonly failure?: FailureRecord;
}

export const WAIT_KINDS = ['signal', 'time'] as const;

/** `answered`: by a signal. `timed-out`: none came in time. `elapsed`: of a time that was slept. */
export const WAIT_STATUSES = ['waiting', 'answered', 'timed-out', 'elapsed'] as const;

export type WaitStatus = (typeof WAIT_STATUSES)[number];

/** One call by which a stage waits, or has waited. The same call of a later attempt is the same wait. */
export interface WaitRecord {
  readonly stage: StageId;
  readonly kind: (typeof WAIT_KINDS)[number];
  /** The signal that it waits for; empty for a time. */
  readonly name: string;
  /** Counts the calls of an attempt with this name, from 1. */
  readonly call: number;
  /** Of the stage, which waited last. */
  readonly attempt: number;
  readonly status: WaitStatus;
  /** When the first attempt began to wait; wall clock. */
  readonly since: number;
  /** How long it waits at most, from `since` on. */
  readonly timeoutMs?: number;
  readonly endedAt?: number;
  /** The number of the signal that is its answer. */
  readonly signal?: number;
  /** Numbers of signals whose payload it refused. */
  readonly refused: readonly number[];
  /** JSON Schema of the payload, as text; undefined where it is not known. */
  readonly schema?: string;
}

/** An event of the world outside, or the answer of a person, for the stages of a run that wait for its name. */
export interface NewSignal {
  readonly runId: RunId;
  readonly name: string;
  /** Only for this stage. Undefined: each stage that waits for the name gets it. */
  readonly stage?: StageId;
  readonly payload: EncodedValue;
  /** Wall clock, milliseconds since 1970 UTC. */
  readonly sentAt: number;
  /** Who sent it, as far as it is known. */
  readonly sender?: string;
}

export interface SignalRecord extends NewSignal {
  /** Counts from 1 within its run, in the order of arrival. */
  readonly number: number;
}

/** `lost`: its process died; nobody knows how far it came. `undone`: it had succeeded, and was undone since. */
export const ATTEMPT_STATUSES = [
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'lost',
  'undone',
] as const;

export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number];

/** One numbered try. Written when it starts and again when it ends. */
export interface AttemptRecord {
  readonly stage: StageId;
  readonly attempt: number;
  readonly fence: number;
  readonly status: AttemptStatus;
  readonly startedAt: number;
  readonly finishedAt?: number;
  readonly failure?: FailureRecord;
}

/** A run as the store tells it. */
export interface RunRecord {
  readonly id: RunId;
  readonly pipeline: string;
  readonly source: RunSource;
  readonly status: RunStatus;
  readonly context: readonly WriteRecord[];
  readonly createdAt: number;
  readonly finishedAt?: number;
  /** Time spent by owners so far, milliseconds, known once a run ended or was resumed. */
  readonly durationMs?: number;
  /** How often the run was owned: 1 for a run that was never resumed. */
  readonly fence: number;
  readonly owner?: Owner;
  /**
   * Grows with each commit and each renewal. Whoever sees it move knows that the owner lives, without a
   * clock that two machines would have to agree on.
   */
  readonly beat: number;
  /** Number of the newest event. */
  readonly lastSeq: number;
  /** What it was when the newest owner took the run: events after it are those of the newest session. */
  readonly sessionStartSeq: number;
}
