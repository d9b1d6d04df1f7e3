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
import { readUndoFailures } from './undo-failures.ts';

/** A stage of a run as the store tells it. Stages that were never reached are not in it. */
export interface StageReport {
  readonly id: string;
  /** `waiting`: for a signal or a time. `retrying`: it waits for its next attempt. `lost`: its process ended while it ran or waited. */
  readonly status: StoredStageStatus | 'running' | 'waiting' | 'retrying' | 'lost';
  /** Attempts so far, all sessions together. */
  readonly attempts: number;
  readonly startedAt: number | undefined;
  /** Undefined of one that is lost: nobody saw it end. */
  readonly durationMs: number | undefined;
  /** Which session of the run it ended in, or runs in, counted from 1. */
  readonly session: number;
  /** It succeeded in an earlier session, and the newest one took it over. */
  readonly kept: boolean;
  /** It was not run in that session: its outcome of an earlier one was brought to the present version there. */
  readonly migrated: boolean;
  readonly fallback: boolean;
  /** The other run whose outcome was taken over. */
  readonly origin: StageOrigin | undefined;
  readonly failure: FailureRecord | undefined;
  readonly reason: string | undefined;
  /** Why what it did could not be taken back, where the newest session tried that. */
  readonly undoFailure: FailureRecord | undefined;
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
  const attempts = (await store.loadAttempts(run.id)).map((attempt) =>
    asSeen(run, status, attempt),
  );
  const stages = await store.loadStages(run.id);
  const undoFailures = await readUndoFailures(store, run);
  return {
    run,
    status,
    stages: toStageReports(run, { stages, attempts, status, waits, undoFailures }),
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

/** Until a resume writes it down, an attempt whose process died is on record as running. */
function asSeen(run: RunRecord, status: ShownRunStatus, attempt: AttemptRecord): AttemptRecord {
  const isLost = attempt.status === 'running' && !isOfNow(run, status, attempt);
  return isLost ? { ...attempt, status: 'lost' } : attempt;
}

function isOfNow({ fence }: RunRecord, status: ShownRunStatus, attempt: AttemptRecord): boolean {
  return attempt.fence === fence && (status === 'running' || status === 'waiting');
}

interface Recorded {
  readonly stages: readonly StageRecord[];
  readonly attempts: readonly AttemptRecord[];
  readonly status: ShownRunStatus;
  readonly waits: readonly WaitRecord[];
  readonly undoFailures: ReadonlyMap<string, FailureRecord>;
}

function toStageReports(run: RunRecord, recorded: Recorded): StageReport[] {
  const { stages, attempts } = recorded;
  const newest = new Map<string, AttemptRecord>();
  for (const attempt of attempts) {
    if (attempt.attempt >= (newest.get(attempt.stage)?.attempt ?? 0))
      newest.set(attempt.stage, attempt);
  }
  const reports = new Map<string, StageReport>();
  for (const stage of stages) reports.set(stage.stage, toReport(run, stage, recorded.undoFailures));
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
      durationMs: openDuration(status, startedAt),
      session: attempt.fence,
      kept: false,
      migrated: false,
      fallback: false,
      origin: undefined,
      failure: attempt.failure,
      reason: undefined,
      undoFailure: undefined,
      writes: [],
      items: undefined,
    });
  }
  return [...reports.values()];
}

function openDuration(status: StageReport['status'], startedAt: number): number | undefined {
  if (status === 'lost') return undefined;
  return status === 'running' ? Math.max(0, Date.now() - startedAt) : 0;
}

/** Of a run that was released, a stage waits though no process does. */
function openStatus(
  run: RunRecord,
  newest: AttemptRecord,
  { status: ofRun, waits }: Pick<Recorded, 'status' | 'waits'>,
): StageReport['status'] {
  const { stage, attempt, status } = newest;
  if (!isOfNow(run, ofRun, newest)) return 'lost';
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
  undone: 'cancelled',
} as const satisfies Record<AttemptRecord['status'], StageReport['status']>;

function toReport(
  run: RunRecord,
  stage: StageRecord,
  undoFailures: Recorded['undoFailures'],
): StageReport {
  // What a session runs itself has a start, and what is taken over from another run its origin.
  const migrated =
    stage.status === 'succeeded' && stage.startedAt === undefined && stage.origin === undefined;
  return {
    id: stage.stage,
    status: stage.status,
    attempts: stage.attempt,
    startedAt: stage.startedAt,
    durationMs: stage.durationMs,
    session: stage.fence,
    kept: stage.status === 'succeeded' && (stage.fence < run.fence || migrated),
    migrated,
    fallback: stage.fallback,
    origin: stage.origin,
    failure: stage.failure,
    reason: stage.reason,
    undoFailure: undoFailures.get(stage.stage),
    writes: stage.writes.map(({ key }) => key),
    items: stage.items,
  };
}
