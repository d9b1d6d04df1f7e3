import {
  type BoundStage,
  conditionHolds,
  type ModelPipeline,
  wiredInputs,
} from '../pipeline/index.ts';
import { inputValues } from './input-values.ts';
import type { StageViews } from './stage-views.ts';
import { loadCells } from './stored-cell.ts';

/** Whether a condition holds for inputs that may still be in the store; undefined when nobody can tell. */
export async function askCondition(
  pipeline: ModelPipeline,
  views: StageViews,
  stage: BoundStage,
): Promise<boolean | undefined> {
  try {
    const { index } = stage;
    await loadCells(
      wiredInputs(pipeline, index)
        .values()
        .map((input) => views.wired(index, input)),
    );
    return conditionHolds(stage, inputValues(views, index, pipeline.wiring.inputs.of(index)));
  } catch {
    // It is asked again, and fails the stage, where a failure can be recorded.
    return undefined;
  }
}
