export {
  type FollowEnd,
  type FollowOptions,
  followRun,
  type OwnerSight,
} from './follow-run.ts';
export type { HoldsSecret } from './holds-secret.ts';
export type { OwnerState } from './owner-state.ts';
export { pastDurations } from './past-durations.ts';
export { PipelineExecutor } from './pipeline-executor.ts';
export { readContext, readValues } from './read-context.ts';
export type {
  ExecutorOptions,
  ResumeOptions,
  RunOptions,
  RunSelection,
  StartOptions,
  UndoOptions,
} from './run-options.ts';
export type { RunHandle, RunResult, SessionHandle, StageSummary } from './run-result.ts';
export type { UndoPlan } from './undo-plan.ts';
