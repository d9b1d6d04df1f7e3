export {
  FAILURE_CODES,
  type FailurePhase,
  type FailureReason,
  type FailureRecord,
  type ThrownRecord,
  type ValueIssue,
} from './failure-record.ts';
export type { ItemCounts } from './item-counts.ts';
export type {
  CancelMode,
  PlanCounts,
  RunCancelling,
  RunEvent,
  RunEventType,
  RunFinished,
  RunReleased,
  RunResumed,
  RunStarted,
  StageCancelled,
  StageFailed,
  StageItemFailed,
  StageProgress,
  StageQueued,
  StageRetrying,
  StageSignalRefused,
  StageSkipped,
  StageStarted,
  StageSucceeded,
  StageWaiting,
  StageWoken,
} from './run-event.ts';
export {
  RESUMABLE_STATUSES,
  RUN_STATUSES,
  type RunStatus,
  STAGE_STATUSES,
  type StageStatus,
} from './statuses.ts';
