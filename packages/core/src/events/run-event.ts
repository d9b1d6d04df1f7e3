import type { RunId, StageId } from '../base/ids.ts';
import type { FailureRecord, ValueIssue } from './failure-record.ts';
import type { ItemCounts } from './item-counts.ts';
import type { RunStatus } from './statuses.ts';

interface EventBase {
  /** Counts from 1 within a run, across resumes, without gaps but where a store has forgotten old deaths. */
  readonly seq: number;
  /** Wall clock, milliseconds since 1970 UTC. */
  readonly at: number;
  readonly runId: RunId;
}

interface StageEventBase extends EventBase {
  readonly stage: StageId;
  /** Counts from 1 within a stage, across resumes. */
  readonly attempt: number;
}

/** How the stages of a plan are decided before the first one starts. */
export interface PlanCounts {
  readonly run: number;
  readonly reuse: number;
  readonly skip: number;
  /** Kept or run, depending on what stages before them will write. */
  readonly undecided: number;
}

export interface RunStarted extends EventBase {
  readonly type: 'run.started';
  readonly pipeline: string;
  readonly stages: number;
}

export interface RunResumed extends EventBase {
  readonly type: 'run.resumed';
  readonly pipeline: string;
  readonly plan: PlanCounts;
}

/** Cancel was asked for: `drain` lets running stages finish, `kill` aborts them. */
export interface RunCancelling extends EventBase {
  readonly type: 'run.cancelling';
  readonly mode: CancelMode;
  readonly running: number;
}

export interface RunFinished extends EventBase {
  readonly type: 'run.finished';
  readonly status: RunStatus;
  readonly durationMs: number;
}

/** What stages have done is being taken back. */
export interface RunUndoing extends EventBase {
  readonly type: 'run.undoing';
  readonly pipeline: string;
  /** `asked`: by hand, and it begins a session. Else it comes before the end of one, and tells how that ends. */
  readonly because: 'failed' | 'cancelled' | 'asked';
  /** How many stages are to be undone. */
  readonly stages: number;
}

/** All that was left of the run waits, and its process ends meanwhile: a resume waits on. */
export interface RunReleased extends EventBase {
  readonly type: 'run.released';
  /** How many stages wait. */
  readonly waiting: number;
}

export interface StageStarted extends StageEventBase {
  readonly type: 'stage.started';
  /** Why it runs although it ran before. */
  readonly reason?: string;
}

export interface StageProgress extends StageEventBase {
  readonly type: 'stage.progress';
  /** 0 to 1, or undefined when the stage knows no total. */
  readonly fraction?: number;
  readonly message?: string;
}

/** An item of a mapped stage failed for good. Of one attempt only the first hundred are told. */
export interface StageItemFailed extends StageEventBase {
  readonly type: 'stage.item-failed';
  readonly item: string;
  /** How often it was tried in this attempt. */
  readonly tries: number;
  readonly failure: FailureRecord;
}

/** A stage waits for a signal or for a time; it holds no slot of the run meanwhile. */
export interface StageWaiting extends StageEventBase {
  readonly type: 'stage.waiting';
  /** The signal that it waits for; undefined for a time. */
  readonly name?: string;
  /** Since when, in milliseconds since 1970 UTC: an earlier session may have begun to wait. */
  readonly since: number;
  /** When the wait is over at the latest. */
  readonly until?: number;
}

/** A wait is over; the stage goes on as soon as it has a slot again. */
export interface StageWoken extends StageEventBase {
  readonly type: 'stage.woken';
  readonly name?: string;
  readonly outcome: 'answered' | 'timed-out' | 'elapsed';
  /** The number of the signal that is the answer. */
  readonly signal?: number;
  /** Since the wait began, across sessions. */
  readonly waitedMs: number;
}

/** A signal came whose payload the schema of the wait refuses; the stage waits on. */
export interface StageSignalRefused extends StageEventBase {
  readonly type: 'stage.signal-refused';
  readonly name: string;
  readonly signal: number;
  readonly issues: readonly ValueIssue[];
}

/**
 * A stage that is to start, or the items of one that runs, wait for a limit. `attempt` is the one that waits.
 * Told when the wait begins and when its cause becomes another.
 */
export interface StageQueued extends StageEventBase {
  readonly type: 'stage.queued';
  readonly limit: string;
  /** `busy`: all slots are taken. `rate`: too many started. `circuit`: it is left alone after failures. */
  readonly because: 'busy' | 'rate' | 'circuit';
  /** How long it takes at least, when that is known. */
  readonly forMs?: number;
}

/** A failed attempt that will be followed by another after `delayMs`. */
export interface StageRetrying extends StageEventBase {
  readonly type: 'stage.retrying';
  readonly failure: FailureRecord;
  readonly delayMs: number;
  readonly durationMs: number;
}

export interface StageSucceeded extends StageEventBase {
  readonly type: 'stage.succeeded';
  readonly durationMs: number;
  /** Of a mapped stage. */
  readonly items?: ItemCounts;
  /** A teardown that failed after a run that succeeded. */
  readonly teardownFailure?: FailureRecord;
}

export interface StageFailed extends StageEventBase {
  readonly type: 'stage.failed';
  readonly durationMs: number;
  readonly failure: FailureRecord;
  /** Of a mapped stage that came to its items. */
  readonly items?: ItemCounts;
  readonly critical: boolean;
  /** Dependants go on with the fallback's outputs. */
  readonly fallback: boolean;
}

export interface StageSkipped extends EventBase {
  readonly type: 'stage.skipped';
  readonly stage: StageId;
  readonly reason: string;
  /** Its `when` did not hold: a dependant that can do without its outputs still runs. */
  readonly condition?: true;
}

/** A checkpoint was accepted after the run began: an earlier one of this run, or one of another run. */
export interface StageReused extends EventBase {
  readonly type: 'stage.reused';
  readonly stage: StageId;
  readonly reason: string;
  /** The other run whose outcome was taken over. */
  readonly from?: RunId;
  /** Of a mapped stage, in that run. */
  readonly items?: ItemCounts;
}

/** A stage that the cancel reached: `attempt` is 0 when it had not started. */
export interface StageCancelled extends StageEventBase {
  readonly type: 'stage.cancelled';
  readonly durationMs: number;
}

/** What a stage had done was undone; `attempt` is the one that had done it. */
export interface StageUndone extends StageEventBase {
  readonly type: 'stage.undone';
  readonly durationMs: number;
}

/** What a stage had done could not be undone; its outcome stands. */
export interface StageUndoFailed extends StageEventBase {
  readonly type: 'stage.undo-failed';
  readonly failure: FailureRecord;
  readonly durationMs: number;
}

/** A numbered, immutable fact about a run. Written to the store before anybody hears of it. */
export type RunEvent =
  | RunStarted
  | RunResumed
  | RunCancelling
  | RunFinished
  | RunUndoing
  | RunReleased
  | StageStarted
  | StageProgress
  | StageItemFailed
  | StageQueued
  | StageWaiting
  | StageWoken
  | StageSignalRefused
  | StageRetrying
  | StageSucceeded
  | StageFailed
  | StageSkipped
  | StageReused
  | StageCancelled
  | StageUndone
  | StageUndoFailed;

export type RunEventType = RunEvent['type'];

export type CancelMode = 'drain' | 'kill';
