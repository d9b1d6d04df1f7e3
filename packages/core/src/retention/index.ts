export { type CleanUpOptions, type CleanUpReport, cleanUp } from './clean-up.ts';
export { decideRetention } from './decide-retention.ts';
export { type CleanUpPlan, type PlanCleanUpOptions, planCleanUp } from './plan-clean-up.ts';
export type {
  KeepReason,
  RetainedStatus,
  RetentionPolicy,
  RetentionRequest,
  RunVerdict,
} from './retention-policy.ts';
