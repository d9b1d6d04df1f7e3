export {
  type AuthoredPipelineFields,
  type AuthoredPipelineFieldsInput,
  type AuthoredStage,
  type AuthoredStageInput,
  authoredPipelineFieldsSchema,
  authoredStageSchema,
} from './authored-schema.ts';
export { DEFAULT_CONCURRENCY } from './default-concurrency.ts';
export { type FailureBudget, mostFailures } from './failure-budget.ts';
export {
  type BreakerDefinition,
  type CallRateLimit,
  type LimitDefinition,
  type LimitUse,
  largestCost,
} from './limit-definition.ts';
export type { MapOptions } from './map-options.ts';
export { parseAuthoredStage } from './parse-authored-stage.ts';
export {
  DEFAULT_GRACE_MS,
  type Durability,
  type FailureMode,
  type FallbackDefinition,
  type OnFailure,
  type PipelineDefinition,
  type ReadKeys,
  type StageCode,
  type StageDefinition,
  type StageOptions,
} from './pipeline-definition.ts';
export { NO_RETRY, type RetryPolicy, retryDelayMs } from './retry-policy.ts';
export { type ConditionScope, constantCondition, type StageCondition } from './stage-condition.ts';
export { type StageFacts, toDefinition, toStageDefinition } from './to-definition.ts';
