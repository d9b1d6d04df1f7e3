import type { StageId } from '../base/ids.ts';
import type { StageRecord } from '../checkpoint/index.ts';
import type { FailureRecord, StageStatus } from '../events/index.ts';
import type { StageSummary } from './run-result.ts';

interface EndedStage {
  readonly id: StageId;
  readonly status: StageStatus;
  /** Number of the newest attempt. */
  readonly attempt: number;
  /** Of the outcome that stands; 0 where there is none. */
  readonly durationMs: number;
  /** Undefined also where it tells nothing more. */
  readonly record: StageRecord | undefined;
  readonly undoFailure: FailureRecord | undefined;
}

/** How one stage stands, as the result of a session tells it. */
export function stageSummary({
  id,
  status,
  attempt,
  durationMs,
  record,
  undoFailure,
}: EndedStage): StageSummary {
  return {
    id,
    status,
    attempt,
    durationMs,
    kept: status === 'reused',
    fallback: record?.fallback ?? false,
    ...(record?.failure === undefined ? {} : { failure: record.failure }),
    ...(record?.reason === undefined ? {} : { reason: record.reason }),
    ...(record?.origin === undefined ? {} : { origin: record.origin }),
    ...(undoFailure === undefined ? {} : { undoFailure }),
    ...(record?.items === undefined ? {} : { items: record.items }),
  };
}
