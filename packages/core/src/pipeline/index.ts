export { NO_PARAMS } from './bind-params.ts';
export type { StageClasses } from './bind-stage.ts';
export {
  type BoundFallback,
  type BoundMap,
  type BoundParams,
  type BoundStage,
  declaredWrites,
  readKeys,
  updateKey,
  writeKey,
} from './bound-stage.ts';
export { type CheckedPipeline, checkPipeline } from './check-pipeline.ts';
export { CODED_CONDITION, conditionHolds } from './condition-holds.ts';
export {
  type CodedFallback,
  type CodedPipeline,
  type CodedStage,
  definePipeline,
  pipelineInvalid,
} from './define-pipeline.ts';
export { type Locate, ModelPipeline } from './model-pipeline.ts';
export { orderingDependencies } from './ordering-dependencies.ts';
export { recordedParams } from './recorded-params.ts';
export { blueprintOf, type DeclaredInput, type StageBlueprint } from './stage-blueprint.ts';
export { toleratesSkip } from './tolerates-skip.ts';
export { eachWiredInput, wiredInputs } from './wired-inputs.ts';
export {
  ABSENT,
  FROM_INITIAL,
  GATHERED,
  LOOKED_UP,
  type WiredInput,
  type Wiring,
} from './wiring.ts';
