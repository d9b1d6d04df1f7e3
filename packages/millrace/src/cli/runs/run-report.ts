import type {
  AttemptRecord,
  CheckpointStore,
  FailureRecord,
  ItemCounts,
  RunRecord,
  StageOrigin,
  StageRecord,
  StoredStageStatus,
  WaitRecord,
} from '@millrace/core';
import { readRunWaits } from './run-waits.ts';
import type { ShownRunStatus } from './shown-status.ts';

/** A stage of a run as the store tells it. Stages that were never reached are not in it. */
export interface StageReport {
  readonly id: string;
  /** `waiting`: for a signal or a time. `retrying`: it waits for its next attempt. `lost`: its process ended while it ran or waited. */
  readonly status: StoredStageStatus | 'running' | 'waiting' | 'retrying' | 'lost';
  /** Attempts so far, all sessions together. */
  readonly attempts: number;
  readonly startedAt: number | undefined;
  readonly durationMs: number;
  /** Which session of the run it ended in, or runs in, counted from 1. */
  readonly session: number;
  /** It succeeded in an earlier session, and the newest one took it over. */
  readonly kept: boolean;
  readonly fallback: boolean;
  /** The other run whose outcome was taken over. */
  readonly origin: StageOrigin | undefined;
  readonly failure: FailureRecord | undefined;
  readonly reason: string | undefined;
  /** Context keys that it wrote. */
  readonly writes: readonly string[];
  /** Of a mapped stage that came to its items. */
  readonly items: ItemCounts | undefined;
}

export interface RunReport {
  readonly run: RunRecord;
  readonly status: ShownRunStatus;
  readonly stages: readonly StageReport[];
  readonly attempts: readonly AttemptRecord[];
  /** What its stages wait for. */
  readonly waits: readonly WaitRecord[];
  /** Stages of the pipeline when the run was started; undefined when nothing is recorded of it. */
  readonly total: number | undefined;
}

export async function readRunReport(store: CheckpointStore, run: RunRecord): Promise<RunReport> {
  const { status, waits } = await readRunWaits(store, run);
  const attempts = await store.loadAttempts(run.id);
  const stages = await store.loadStages(run.id);
  return {
    run,
    status,
    stages: toStageReports(run, { stages, attempts, status, waits }),
    attempts,
    waits,
    total: await stageTotal(store, run),
  };
}

/** The first event of a run says how many stages it has. */
export async function stageTotal(
  store: CheckpointStore,
  { id }: RunRecord,
): Promise<number | undefined> {
  const [first] = await store.loadEvents(id, 0, 1);
  return first?.type === 'run.started' ? first.stages : undefined;
}

interface Recorded {
  readonly stages: readonly StageRecord[];
  readonly attempts: readonly AttemptRecord[];
  readonly status: ShownRunStatus;
  readonly waits: readonly WaitRecord[];
}

function toStageReports(run: RunRecord, recorded: Recorded): StageReport[] {
  const { stages, attempts } = recorded;
  const newest = new Map<string, AttemptRecord>();
  for (const attempt of attempts) {
    if (attempt.attempt >= (newest.get(attempt.stage)?.attempt ?? 0))
      newest.set(attempt.stage, attempt);
  }
  const reports = new Map<string, StageReport>();
  for (const stage of stages) reports.set(stage.stage, toReport(run, stage));
  for (const attempt of newest.values()) {
    const { stage: id, startedAt } = attempt;
    // A record of that attempt or a later one says how it ended.
    if ((reports.get(id)?.attempts ?? 0) >= attempt.attempt) continue;
    const status = openStatus(run, attempt, recorded);
    reports.delete(id);
    reports.set(id, {
      id,
      status,
      attempts: attempt.attempt,
      startedAt,
      durationMs: status === 'running' ? Math.max(0, Date.now() - startedAt) : 0,
      session: attempt.fence,
      kept: false,
      fallback: false,
      origin: undefined,
      failure: attempt.failure,
      reason: undefined,
      writes: [],
      items: undefined,
    });
  }
  return [...reports.values()];
}

/** Of a run that was released, a stage waits though no process does. */
function openStatus(
  run: RunRecord,
  { stage, attempt, fence, status }: AttemptRecord,
  { status: ofRun, waits }: Pick<Recorded, 'status' | 'waits'>,
): StageReport['status'] {
  const isNow = fence === run.fence && (ofRun === 'running' || ofRun === 'waiting');
  if (!isNow) return 'lost';
  const isWaiting = waits.some((wait) => wait.stage === stage && wait.attempt === attempt);
  return isWaiting ? 'waiting' : OPEN_STATUS[status];
}

/** A stage whose newest attempt has a record of its own and whose end has none yet. */
const OPEN_STATUS = {
  running: 'running',
  failed: 'retrying',
  succeeded: 'running',
  cancelled: 'running',
  lost: 'lost',
} as const satisfies Record<AttemptRecord['status'], StageReport['status']>;

function toReport(run: RunRecord, stage: StageRecord): StageReport {
  return {
    id: stage.stage,
    status: stage.status,
    attempts: stage.attempt,
    startedAt: stage.startedAt,
    durationMs: stage.durationMs,
    session: stage.fence,
    kept: stage.status === 'succeeded' && stage.fence < run.fence,
    fallback: stage.fallback,
    origin: stage.origin,
    failure: stage.failure,
    reason: stage.reason,
    writes: stage.writes.map(({ key }) => key),
    items: stage.items,
  };
}
