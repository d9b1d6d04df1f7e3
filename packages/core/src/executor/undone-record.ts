import type { AttemptRecord, StageRecord } from '../checkpoint/index.ts';

/** Why a stage that was undone has no outcome. */
export const UNDONE = 'it was undone';

/** Stands for an outcome that was taken back: the stage is to be done again. */
export function undoneRecord(
  { stage, attempt }: StageRecord,
  { fence, at }: { readonly fence: number; readonly at: number },
): StageRecord {
  return {
    stage,
    status: 'cancelled',
    attempt,
    fence,
    finishedAt: at,
    durationMs: 0,
    fingerprint: '',
    writes: [],
    fallback: false,
    reason: UNDONE,
  };
}

/** By this a later attempt is known to be other work. */
export function undoneAttempt(record: StageRecord): AttemptRecord {
  const { stage, attempt, fence, startedAt, finishedAt } = record;
  return {
    stage,
    attempt,
    fence,
    status: 'undone',
    startedAt: startedAt ?? finishedAt,
    finishedAt,
  };
}
