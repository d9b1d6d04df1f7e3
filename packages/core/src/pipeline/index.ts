export type { StageClasses } from './bind-stage.ts';
export {
  type BoundFallback,
  type BoundParams,
  type BoundStage,
  contextKey,
  declaredWrites,
} from './bound-stage.ts';
export { type CheckedPipeline, checkPipeline } from './check-pipeline.ts';
export {
  type CodedFallback,
  type CodedPipeline,
  type CodedStage,
  definePipeline,
  pipelineInvalid,
} from './define-pipeline.ts';
export { ModelPipeline } from './model-pipeline.ts';
export { blueprintOf, type DeclaredInput, type StageBlueprint } from './stage-blueprint.ts';
export { ABSENT, FROM_INITIAL, LOOKED_UP, type WiredInput, type Wiring } from './wiring.ts';
