export type { ArtifactRef, Artifacts } from './artifacts.ts';
export {
  type InputsOf,
  type OutputsOf,
  type ParamsOf,
  PipelineStage,
  type SetupScope,
  type SpecifiedStage,
  STAGE_MARK,
  type StageScope,
  type UpdatesOf,
} from './pipeline-stage.ts';
export type { ProgressReport, RunScope, StageContext, StageScopeBase } from './run-scope.ts';
export { type AnyStage, isStageClass, type StageClass, stageClassFault } from './stage-class.ts';
export type { StageSpec } from './stage-spec.ts';
