import type { Clock } from '../base/clock.ts';
import type { RunId } from '../base/ids.ts';
import type { Logger } from '../base/logger.ts';
import type { CheckpointStore, RunSource, SeenLease } from '../checkpoint/index.ts';
import type { Durability, FailureMode, OnFailure } from '../definition/pipeline-definition.ts';
import type { RunEvent } from '../events/index.ts';
import type { Runner } from '../runner/index.ts';
import type { Selection } from '../selection/index.ts';
import type { HoldsSecret } from './holds-secret.ts';

/** What an executor works with; only the store has no default. */
export interface ExecutorOptions {
  readonly store: CheckpointStore;
  /** Default: attempts run in this process. */
  readonly runner?: Runner;
  readonly logger?: Logger;
  readonly clock?: Clock;
  /** In [0, 1); default Math.random. Used for jitter only, never for a result. */
  readonly random?: () => number;
  /** Takes secrets out of a text. Applied to failures and progress before they are stored. */
  readonly redact?: (text: string) => string;
  /** Whether a text holds a secret: a value that would put one into the store fails its stage. */
  readonly holdsSecret?: HoldsSecret | undefined;
}

/** The same with its defaults filled in. */
export type ExecutorServices = Required<Omit<ExecutorOptions, 'holdsSecret'>> &
  Pick<ExecutorOptions, 'holdsSecret'>;

/** Settings of one run; what is left out comes from the pipeline's definition. */
export interface RunOptions {
  /** Stages that run at the same time. At least 1. */
  readonly concurrency?: number;
  readonly durability?: Durability;
  readonly failureMode?: FailureMode;
  /** What becomes of the outcomes of a run that failed or was cancelled. */
  readonly onFailure?: OnFailure;
  /** Aborting it cancels the run and aborts running stages. */
  readonly signal?: AbortSignal;
  /** Called with each event after it was written, in order. What it throws is logged, not raised. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Settles ties between stages with equally long remaining paths; default: the order of declaration. */
  readonly tieBreak?: Int32Array;
  /** On a resumed run: false leaves kept values in the store until a stage reads them. Default true. */
  readonly loadContext?: boolean;
  /** Which stages the run is about. Default: all. */
  readonly selection?: RunSelection | undefined;
  /**
   * Once all that is left waits for signals, or for times of a minute and more, the session ends: the run is released with the status
   * `waiting`, and a resume waits on. Default false: the process stays.
   */
  readonly detachWaits?: boolean;
  /** False: no outcome of another run is taken over. Default true. */
  readonly cache?: boolean;
}

/** Settings of a resume. */
export interface ResumeOptions extends RunOptions {
  /**
   * What `followRun` found abandoned: an owner on another machine that was silent for its lease is not watched
   * once more, as long as it has still not moved its beat.
   */
  readonly abandoned?: SeenLease | undefined;
}

/** Settings of an undo. */
export interface UndoOptions
  extends Pick<ResumeOptions, 'concurrency' | 'durability' | 'signal' | 'onEvent' | 'abandoned'> {
  /** Only this stage and all that rest on it. */
  readonly from?: string | undefined;
  /** Also of a run that succeeded, which then counts as cancelled. Default false. */
  readonly force?: boolean;
}

/** Stages by the expressions of {@link Selection}, and whether they run even if they could be kept. */
export interface RunSelection extends Selection {
  /** Every selected stage runs again. */
  readonly force?: boolean;
}

/** Settings of a new run. */
export interface StartOptions extends RunOptions {
  /** Values of the pipeline's `inputs`, and overrides of its initial context. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Default: made of the time and chance. One that the store has already is refused. */
  readonly id?: RunId;
  /** Where the definition came from, so that the run can be resumed by its id. */
  readonly source?: RunSource;
}
