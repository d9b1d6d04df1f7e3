import { asStageId } from '../base/ids.ts';
import type { Mutable } from '../base/mutable.ts';
import type {
  AttemptRecord,
  AttemptStatus,
  StageRecord,
  WriteRecord,
} from '../checkpoint/index.ts';
import type { FailureRecord, StageStatus } from '../events/index.ts';
import type { BoundStage } from '../pipeline/index.ts';
import { fingerprintOf, type StageBasis } from '../plan/index.ts';
import type { CachedOutcome } from './cached-outcomes.ts';
import type { LaunchedAttempt } from './launched-attempt.ts';
import type { StageSummary } from './run-result.ts';
import type { SessionParts } from './session-parts.ts';
import { stageSummary } from './stage-summary.ts';

interface EndedStage {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly durationMs: number;
  readonly writes?: readonly WriteRecord[];
  readonly fallback?: boolean;
  readonly failure?: FailureRecord;
  readonly basis?: StageBasis;
  readonly cacheKey?: string | undefined;
}

/** The records of a session: how each stage ended and how often it was tried. */
export class StageOutcomes {
  readonly #parts: SessionParts;
  readonly #records: (StageRecord | undefined)[] = [];
  /** Milliseconds of the stages of which nothing else is to be told; their records are in the store alone. */
  readonly #durations: Float64Array;
  readonly #attempts: Int32Array;
  readonly #undoFailures = new Map<number, FailureRecord>();

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#attempts = new Int32Array(parts.pipeline.graph.count);
    this.#durations = new Float64Array(parts.pipeline.graph.count);
    for (const [index, attempts] of parts.earlier?.attempts ?? []) this.#attempts[index] = attempts;
    for (const [index, record] of parts.earlier?.kept ?? []) this.set(index, record);
  }

  nextAttempt(index: number): number {
    const attempt = (this.#attempts[index] as number) + 1;
    this.#attempts[index] = attempt;
    return attempt;
  }

  /** Number of the newest attempt. */
  attemptOf(index: number): number {
    return this.#attempts[index] as number;
  }

  /** Attempts of this session. */
  triesOf(index: number): number {
    return (this.#attempts[index] as number) - (this.#parts.earlier?.attempts.get(index) ?? 0);
  }

  /** Undefined also for a stage that this run, which is new, has simply done. */
  get(index: number): StageRecord | undefined {
    return this.#records[index];
  }

  set(index: number, record: StageRecord): void {
    this.#durations[index] = record.durationMs;
    // A resume puts kept records in order at its end, and looks at them for that.
    const isKept = this.#parts.earlier !== undefined || !isPlain(record);
    this.#records[index] = isKept ? record : undefined;
  }

  /** Its outcome stands, since it could not be taken back. */
  undoFailed(index: number, failure: FailureRecord): void {
    this.#undoFailures.set(index, failure);
  }

  /** The record of a stage that was started. */
  ended(
    { stage, index, attempt, startedAt, items }: LaunchedAttempt,
    end: EndedStage,
  ): StageRecord {
    const { pipeline, clock, lease } = this.#parts;
    // What is optional is set afterwards: a spread of it takes several times as long.
    const record: Mutable<StageRecord> = {
      stage: stage.id,
      status: end.status,
      attempt,
      fence: lease.fence,
      startedAt,
      finishedAt: clock.now(),
      durationMs: end.durationMs,
      fingerprint: fingerprintOf(pipeline, index),
      writes: end.writes ?? [],
      fallback: end.fallback ?? false,
    };
    if (end.failure !== undefined) record.failure = end.failure;
    if (end.basis !== undefined) record.basis = end.basis;
    if (end.cacheKey !== undefined) record.cacheKey = end.cacheKey;
    if (items !== undefined) record.items = items;
    return record;
  }

  /** The record of a stage for which an outcome of another run, or of an older version, stands. */
  takenOver(
    stage: BoundStage,
    { runId, record, values }: CachedOutcome,
    basis: StageBasis,
  ): StageRecord {
    const foreign = values === undefined ? { runId, attempt: record.attempt } : undefined;
    const origin = record.origin ?? foreign;
    const { pipeline, clock, lease } = this.#parts;
    return {
      stage: stage.id,
      status: 'succeeded',
      attempt: this.#attempts[stage.index] as number,
      fence: lease.fence,
      finishedAt: clock.now(),
      durationMs: record.durationMs,
      fingerprint: fingerprintOf(pipeline, stage.index),
      writes: record.writes,
      fallback: false,
      basis,
      ...(record.cacheKey === undefined ? {} : { cacheKey: record.cacheKey }),
      ...(origin === undefined ? {} : { origin }),
      ...(record.items === undefined ? {} : { items: record.items }),
    };
  }

  /** The record of a stage that this session did not start. */
  unstarted(index: number, status: 'skipped' | 'cancelled', reason: string): StageRecord {
    return {
      stage: asStageId(this.#parts.pipeline.graph.ids[index] ?? ''),
      status,
      attempt: this.#attempts[index] as number,
      fence: this.#parts.lease.fence,
      finishedAt: this.#parts.clock.now(),
      durationMs: 0,
      fingerprint: '',
      writes: [],
      fallback: false,
      reason,
    };
  }

  attempt(
    launched: LaunchedAttempt,
    status: AttemptStatus,
    failure?: FailureRecord,
  ): AttemptRecord {
    const record: Mutable<AttemptRecord> = {
      stage: launched.stage.id,
      attempt: launched.attempt,
      fence: this.#parts.lease.fence,
      status,
      startedAt: launched.startedAt,
      finishedAt: this.#parts.clock.now(),
    };
    if (failure !== undefined) record.failure = failure;
    return record;
  }

  summaries(statusOf: (index: number) => StageStatus): readonly StageSummary[] {
    return this.#parts.pipeline.stages.map(({ id, index }) =>
      stageSummary({
        id,
        status: statusOf(index),
        attempt: this.#attempts[index] as number,
        durationMs: this.#durations[index] as number,
        record: this.#records[index],
        undoFailure: this.#undoFailures.get(index),
      }),
    );
  }
}

/** It succeeded, and that is all. */
function isPlain({ status, failure, reason, origin, fallback, items }: StageRecord): boolean {
  const isSpecial = failure ?? reason ?? origin ?? items;
  return status === 'succeeded' && isSpecial === undefined && !fallback;
}
