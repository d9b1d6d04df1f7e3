export type { ArtifactRef, Artifacts } from './artifacts.ts';
export type { FailedItem, ItemScope } from './item-scope.ts';
export {
  type ItemOf,
  MappedStage,
  type MappedStageScope,
  type SpecifiedMappedStage,
} from './mapped-stage.ts';
export {
  type InputsOf,
  type OutputsOf,
  type ParamsOf,
  PipelineStage,
  type RecordedOf,
  type SetupScope,
  type SpecifiedStage,
  type StageScope,
  type UndoScope,
  type UpdatesOf,
} from './pipeline-stage.ts';
export type {
  OutcomeScope,
  ProgressReport,
  RunScope,
  StageContext,
  StageScopeBase,
} from './run-scope.ts';
export {
  type AnyStage,
  isMappedClass,
  isStageClass,
  type StageClass,
  stageClassFault,
} from './stage-class.ts';
export { STAGE_MARK, StageLife } from './stage-life.ts';
export type { MappedStageSpec, MapSpec, OutputMigration, StageSpec } from './stage-spec.ts';
export type { Sleep, WaitFor, WaitOptions } from './wait-for.ts';
