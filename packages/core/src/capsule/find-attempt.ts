import { MillraceError } from '../base/millrace-error.ts';
import type {
  AttemptRecord,
  CheckpointStore,
  RunRecord,
  StageRecord,
} from '../checkpoint/index.ts';
import type { FailureRecord } from '../events/index.ts';
import type { CapsuleStatus } from './capsule.ts';

/** One attempt of a stage, as the store tells of it. */
export interface FoundAttempt {
  readonly number: number;
  readonly status: CapsuleStatus;
  readonly startedAt: number | undefined;
  readonly durationMs: number | undefined;
  readonly failure: FailureRecord | undefined;
  /** The record of the stage, when it is this attempt that ended it. */
  readonly record: StageRecord | undefined;
  /** The stage was tried again in a later session, for which its inputs may have been made anew. */
  readonly isOfEarlierSession: boolean;
}

interface AttemptRequest {
  readonly run: RunRecord;
  readonly stage: string;
  /** Undefined for a stage that has not ended. */
  readonly record: StageRecord | undefined;
  /** Default: the newest. */
  readonly attempt: number | undefined;
}

/** @throws MillraceError CAPSULE_ATTEMPT_UNKNOWN, STAGE_NOT_STARTED */
export async function findAttempt(
  store: CheckpointStore,
  { run, stage, record, attempt }: AttemptRequest,
): Promise<FoundAttempt> {
  const attempts = (await store.loadAttempts(run.id)).filter((one) => one.stage === stage);
  const newest = attempts.at(-1);
  if (newest === undefined && record?.status !== 'succeeded') throw notStarted(run, stage, record);
  const number = attempt ?? newest?.attempt ?? record?.attempt ?? 0;
  const found = attempts.find((one) => one.attempt === number);
  const own = record?.attempt === number && record.status !== 'skipped' ? record : undefined;
  if (found === undefined && own === undefined) {
    throw unknownAttempt({ run, stage, number, attempts });
  }
  return {
    number,
    status: own === undefined ? statusOfAttempt(found) : statusOf(own),
    startedAt: found?.startedAt ?? own?.startedAt,
    durationMs: own?.durationMs ?? lengthOf(found),
    failure: own?.failure ?? found?.failure,
    record: own,
    isOfEarlierSession: found !== undefined && newest !== undefined && found.fence < newest.fence,
  };
}

function statusOf({ status }: StageRecord): CapsuleStatus {
  return status === 'skipped' ? 'cancelled' : status;
}

/** One that was undone is told by what it did. */
function statusOfAttempt(attempt: AttemptRecord | undefined): CapsuleStatus {
  if (attempt === undefined) return 'lost';
  return attempt.status === 'undone' ? 'succeeded' : attempt.status;
}

function lengthOf(attempt: AttemptRecord | undefined): number | undefined {
  return attempt?.finishedAt === undefined ? undefined : attempt.finishedAt - attempt.startedAt;
}

function notStarted(run: RunRecord, stage: string, record: StageRecord | undefined): MillraceError {
  const why = record?.reason ?? record?.failure?.message ?? 'nothing of it is recorded yet';
  return new MillraceError(
    'STAGE_NOT_STARTED',
    `stage ${JSON.stringify(stage)} of run ${run.id} never started: ${why}`,
    { details: { runId: run.id, stage }, help: 'name a stage that was tried' },
  );
}

interface UnknownAttempt {
  readonly run: RunRecord;
  readonly stage: string;
  readonly number: number;
  readonly attempts: readonly AttemptRecord[];
}

function unknownAttempt({ run, stage, number, attempts }: UnknownAttempt): MillraceError {
  const known = attempts.map((one) => one.attempt).join(', ') || 'none';
  return new MillraceError(
    'CAPSULE_ATTEMPT_UNKNOWN',
    `stage ${JSON.stringify(stage)} of run ${run.id} has no attempt ${number}; it has ${known}`,
    {
      details: { runId: run.id, stage, attempt: number },
      help: 'name one of them, or none for the newest',
    },
  );
}
