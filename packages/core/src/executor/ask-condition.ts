import { setOwnProperty } from '../base/codec/own-property.ts';
import { readCell } from '../context/index.ts';
import {
  type BoundStage,
  conditionHolds,
  type ModelPipeline,
  wiredInputs,
} from '../pipeline/index.ts';
import type { StageViews } from './stage-views.ts';
import { StoredCell } from './stored-cell.ts';

/** The declared inputs of a stage as its condition gets them; one that nobody wrote is missing. */
export function conditionInputs(
  { wiring }: ModelPipeline,
  views: StageViews,
  { index }: BoundStage,
): Readonly<Record<string, unknown>> {
  const inputs: Record<string, unknown> = {};
  for (const input of wiring.inputs[index] ?? []) {
    if (input.parts === undefined) {
      const cell = views.wired(index, input);
      if (cell !== undefined) setOwnProperty(inputs, input.name, readCell(cell));
    } else {
      const cells = input.parts.map((part) => views.wired(index, part));
      const list = cells.map((cell) => cell && readCell(cell));
      setOwnProperty(inputs, input.name, Object.freeze(list));
    }
  }
  return Object.freeze(inputs);
}

/** Whether a condition holds for inputs that may still be in the store; undefined when nobody can tell. */
export async function askCondition(
  pipeline: ModelPipeline,
  views: StageViews,
  stage: BoundStage,
): Promise<boolean | undefined> {
  try {
    for (const input of wiredInputs(pipeline, stage.index).values()) {
      const cell = views.wired(stage.index, input);
      if (cell instanceof StoredCell) await cell.load();
    }
    return conditionHolds(stage, conditionInputs(pipeline, views, stage));
  } catch {
    // It is asked again, and fails the stage, where a failure can be recorded.
    return undefined;
  }
}
