import type { RunId, StageId } from '../base/ids.ts';
import type { StageOrigin } from '../checkpoint/index.ts';
import type { PipelineContext } from '../context/index.ts';
import type {
  CancelMode,
  FailureRecord,
  ItemCounts,
  RunEvent,
  RunStatus,
  StageStatus,
} from '../events/index.ts';
import type { Plan } from '../plan/index.ts';

/** How one stage stands at the end of a run. */
export interface StageSummary {
  readonly id: StageId;
  readonly status: StageStatus;
  /** Number of the last attempt, across resumes; 0 when it never started. */
  readonly attempt: number;
  readonly durationMs: number;
  /** A checkpoint of an earlier session, or of another run, stands for it. */
  readonly kept: boolean;
  /** The other run whose outcome was taken over. */
  readonly origin?: StageOrigin;
  /** It failed, and its dependants went on with the fallback's outputs. */
  readonly fallback: boolean;
  readonly failure?: FailureRecord;
  /** Why it was skipped. */
  readonly reason?: string;
  /** Why what it had done could not be taken back, where that was tried. */
  readonly undoFailure?: FailureRecord;
  /** Of a mapped stage that came to its items. */
  readonly items?: ItemCounts;
}

export interface RunResult {
  readonly runId: RunId;
  readonly pipeline: string;
  /** `waiting`: all that was left waits for the world outside, and the run was released; a resume waits on. */
  readonly status: Exclude<RunStatus, 'running'> | 'waiting';
  /** Wall time of this session and of those before it. */
  readonly durationMs: number;
  /** In the order of declaration. */
  readonly stages: readonly StageSummary[];
  /** The final context: each key as its last writer left it. */
  readonly context: PipelineContext;
}

/** A session of a run under way. */
export interface SessionHandle {
  readonly id: RunId;
  /**
   * Resolves when the run ended, whatever its status.
   * Rejects only when the run cannot be recorded any more.
   * @throws MillraceError STORE_WRITE_FAILED, LEASE_LOST
   */
  readonly result: Promise<RunResult>;
  /** `drain`: running stages finish, none starts. `kill`: running stages are aborted. */
  cancel(mode: CancelMode): void;
  /** Events from now on, until the run ends. */
  events(): AsyncIterableIterator<RunEvent>;
}

/** A run under way. */
export interface RunHandle extends SessionHandle {
  readonly plan: Plan;
}
