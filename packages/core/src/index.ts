export type { AttemptOutcome, AttemptRequest } from './attempt/index.ts';
export { type CancelTimer, type Clock, systemClock, type TimerOptions } from './base/clock.ts';
export {
  CODEC_ERRORS,
  type CorruptValue,
  decodeValue,
  type EncodedBytes,
  type EncodedText,
  type EncodedValue,
  encodeValue,
  type SealedValue,
  sealValue,
  type UnstorableValue,
  viewValue,
} from './base/codec/index.ts';
export { CORE_ERRORS } from './base/core-errors.ts';
export { describeValue } from './base/describe-value.ts';
export type { Diagnostic, PathSegment, RelatedPlace } from './base/diagnostic.ts';
export { formatDuration, parseDurationMs } from './base/duration.ts';
export { duration } from './base/duration-schema.ts';
export type { ErrorCatalog, ErrorCodePage } from './base/error-catalog.ts';
export {
  asRunId,
  asStageId,
  createRunId,
  type RunId,
  type StageId,
  stageIdFault,
} from './base/ids.ts';
export { invariant, unreachable } from './base/invariant.ts';
export { type IssueWording, wordIssue } from './base/issue-wording.ts';
export { type LogFields, type Logger, silentLogger } from './base/logger.ts';
export {
  type ErrorDetails,
  MillraceError,
  type MillraceErrorOptions,
} from './base/millrace-error.ts';
export { didYouMean, nearestName } from './base/nearest-name.ts';
export { currentProcess, type ProcessIdentity, processLiveness } from './base/process-identity.ts';
export { problem, type Result, success } from './base/result.ts';
export { formatPath, type SchemaIssue, schemaIssues } from './base/schema-issues.ts';
export {
  createTextRedactor,
  isSensitiveName,
  REDACTED,
  type SecretSource,
  type TextRedactor,
} from './base/secrets/index.ts';
export { parseSizeBytes } from './base/size.ts';
export { size } from './base/size-schema.ts';
export { formatLocation, type SourceLocation } from './base/source-location.ts';
export { VirtualClock } from './base/virtual-clock.ts';
export { z } from './base/zod.ts';
export {
  type AcquireResult,
  ATTEMPT_STATUSES,
  type AttemptRecord,
  type AttemptStatus,
  type CheckpointStore,
  type CommitBatch,
  type FoundStage,
  InterceptedStore,
  isWrite,
  type Lease,
  leaseLost,
  MemoryStore,
  type NewRun,
  type Owner,
  type RunFilter,
  type RunFinish,
  type RunRecord,
  type RunSource,
  type SeenLease,
  type StageOrigin,
  type StageRecord,
  type StoreCall,
  type StoredStageStatus,
  type StoreMethod,
  type ValueHash,
  type WriteRecord,
} from './checkpoint/index.ts';
export { PipelineContext } from './context/index.ts';
export {
  type AuthoredPipelineFields,
  type AuthoredPipelineFieldsInput,
  type AuthoredStage,
  type AuthoredStageInput,
  authoredPipelineFieldsSchema,
  authoredStageSchema,
  type ConditionScope,
  DEFAULT_CONCURRENCY,
  DEFAULT_GRACE_MS,
  type Durability,
  type FailureMode,
  type FallbackDefinition,
  NO_RETRY,
  type PipelineDefinition,
  type ReadKeys,
  type RetryPolicy,
  type StageCode,
  type StageCondition,
  type StageDefinition,
  type StageFacts,
  type StageOptions,
  toDefinition,
  toStageDefinition,
} from './definition/index.ts';
export {
  type CancelMode,
  FAILURE_CODES,
  type FailurePhase,
  type FailureReason,
  type FailureRecord,
  type PlanCounts,
  RESUMABLE_STATUSES,
  RUN_STATUSES,
  type RunEvent,
  type RunEventType,
  type RunStatus,
  STAGE_STATUSES,
  type StageStatus,
  type ThrownRecord,
  type ValueIssue,
} from './events/index.ts';
export {
  type ExecutorOptions,
  type FollowEnd,
  type FollowOptions,
  followRun,
  type HoldsSecret,
  type OwnerSight,
  type OwnerState,
  PipelineExecutor,
  pastDurations,
  type ResumeOptions,
  type RunHandle,
  type RunOptions,
  type RunResult,
  type RunSelection,
  readContext,
  type StageSummary,
  type StartOptions,
} from './executor/index.ts';
export {
  type CompactGraph,
  compileGraph,
  type DotAttributes,
  type DotOptions,
  dependantsOf,
  dependenciesOf,
  type GeneratedNode,
  GRAPH_ERRORS,
  type GraphDirection,
  type GraphNode,
  generateChain,
  generateDiamondLadder,
  generateFan,
  generateLayered,
  generateRandomDag,
  generateTwoSpeed,
  type MermaidOptions,
  SeededRandom,
  StageGraph,
  toDot,
  toMermaid,
} from './graph/index.ts';
export {
  type BlamedOrigin,
  type BlamedStage,
  type BlamedWrite,
  type BlamedWriter,
  type BlameOptions,
  blame,
  type DiffOptions,
  diffKey,
  diffRuns,
  type InputDifference,
  type KeyBlame,
  type KeyDifferences,
  type KeyWriter,
  type RunDifferences,
  readStageView,
  type SeenKey,
  type StageDifferences,
  type StageView,
  type StageViewRequest,
  type ValueDifference,
  type ValueDifferences,
} from './history/index.ts';
export {
  type BoundStage,
  type CheckedPipeline,
  type CodedFallback,
  type CodedPipeline,
  type CodedStage,
  checkPipeline,
  definePipeline,
  type Locate,
  ModelPipeline,
  pipelineInvalid,
  type StageClasses,
} from './pipeline/index.ts';
export {
  BASIS_KINDS,
  type BasisEntry,
  type Decision,
  describeReasons,
  explanationOf,
  type FileEntry,
  type Plan,
  type PlannedSelection,
  type PlanRequest,
  type PriorOutcome,
  planRun,
  type Reason,
  type StageBasis,
} from './plan/index.ts';
export { estimateRun, type RunEstimate, verifyEvents } from './run/index.ts';
export { inProcessRunner, type Runner, type RunningAttempt } from './runner/index.ts';
export {
  type PartMatch,
  SELECTION_OPTIONS,
  type SelectablePipeline,
  type SelectedStages,
  type Selection,
  type SelectionEmptyProblem,
  type SelectionOption,
  type SelectionPlace,
  type SelectionProblem,
  type SelectionSyntaxProblem,
  type SelectionUnknownProblem,
  STAGE_STATES,
  type StageState,
  type StatusLookup,
  selectStages,
  type TermMatch,
} from './selection/index.ts';
export {
  type ArtifactRef,
  type Artifacts,
  isStageClass,
  PipelineStage,
  type ProgressReport,
  type RunScope,
  type SetupScope,
  type StageClass,
  type StageContext,
  type StageScope,
  type StageScopeBase,
  type StageSpec,
} from './stage/index.ts';
