import type { Clock } from '../base/clock.ts';
import type { RunId } from '../base/ids.ts';
import type { Logger } from '../base/logger.ts';
import type { AttemptRecord, CheckpointStore, Lease, StageRecord } from '../checkpoint/index.ts';
import type { ContextLayers, PipelineContext } from '../context/index.ts';
import type { Durability, FailureMode, OnFailure } from '../definition/pipeline-definition.ts';
import type { RunEvent, RunStatus } from '../events/index.ts';
import type { LimitPools } from '../limits/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import type { Plan } from '../plan/index.ts';
import type { Runner } from '../runner/index.ts';
import type { Artifacts } from '../stage/index.ts';
import type { CachedOutcome } from './cached-outcomes.ts';
import type { ContextUpdate } from './current-context.ts';
import type { HeartBeat } from './heart-beat.ts';
import type { HoldsSecret } from './holds-secret.ts';
import type { StageSummary } from './run-result.ts';
import type { UndoneAttempts } from './undone-attempts.ts';

/** How a session ended. `waiting`: all that is left waits, and a resume waits on. */
export interface SessionEnd {
  readonly status: Exclude<RunStatus, 'running'> | 'waiting';
  readonly durationMs: number;
  readonly context: PipelineContext;
  readonly stages: () => readonly StageSummary[];
}

/** What was settled before: the outcomes and attempt numbers of earlier sessions, by index of the stage. */
export interface EarlierSessions {
  readonly kept: ReadonlyMap<number, StageRecord>;
  readonly attempts: ReadonlyMap<number, number>;
  /** Attempts whose process died. */
  readonly lost: readonly AttemptRecord[];
  readonly durationMs: number;
  readonly lastSeq: number;
}

/** What one session of a run works with. A resume begins a new session of the same run. */
export interface SessionParts {
  readonly runId: RunId;
  readonly lease: Lease;
  readonly heart: HeartBeat;
  readonly pipeline: ModelPipeline;
  readonly plan: Plan;
  readonly layers: ContextLayers;
  /** Records of earlier sessions, or of the run that this one is forked from, by stage id. */
  readonly records: ReadonlyMap<string, StageRecord>;
  /** The run that the records belong to, when it is another one. */
  readonly forkedFrom: RunId | undefined;
  /** Outcomes of other runs that the plan takes over, by index of the stage. */
  readonly cached: ReadonlyMap<number, CachedOutcome>;
  /** What of the initial context the definition gives otherwise by now. */
  readonly contextUpdate: ContextUpdate | undefined;
  /** Of this run, in earlier sessions. */
  readonly undone: UndoneAttempts;
  /** Undefined for a new run. */
  readonly earlier: EarlierSessions | undefined;
  readonly store: CheckpointStore;
  readonly runner: Runner;
  readonly clock: Clock;
  /** Shared with the other runs of the executor. */
  readonly limits: LimitPools;
  readonly logger: Logger;
  readonly random: () => number;
  readonly redact: (text: string) => string;
  readonly holdsSecret: HoldsSecret | undefined;
  readonly artifacts: Artifacts;
  readonly options: {
    readonly concurrency: number;
    readonly durability: Durability;
    readonly failureMode: FailureMode;
    readonly onFailure: OnFailure;
    readonly tieBreak: Int32Array;
    readonly mayUseCache: boolean;
    readonly detachWaits: boolean;
  };
  readonly announce: (event: RunEvent) => void;
  readonly finished: (end: SessionEnd) => void;
  readonly brokenOff: (error: unknown) => void;
}
