import {
  checkPipeline,
  type ModelPipeline,
  pipelineInvalid,
  type StageDefinition,
} from '@millrace/core';
import type { StageSwap } from './swap-request.ts';

type Swaps = Readonly<Record<string, StageSwap>>;

/**
 * The pipeline with other classes or params for some of its stages, checked as a whole. The same pipeline where it has
 * none of them.
 * @throws MillraceError PIPELINE_INVALID
 */
export function swappedPipeline(pipeline: ModelPipeline, swaps: Swaps): ModelPipeline {
  const { definition } = pipeline;
  if (!definition.stages.some(({ id }) => Object.hasOwn(swaps, id))) return pipeline;
  const classes = new Map<string, unknown>();
  for (const { definition: stage, blueprint, fallback } of pipeline.stages) {
    classes.set(stage.uses, blueprint.stageClass);
    if (fallback?.kind === 'stage') classes.set(fallback.uses, fallback.blueprint.stageClass);
  }
  const stages = definition.stages.map((stage) => {
    const swap = Object.hasOwn(swaps, stage.id) ? swaps[stage.id] : undefined;
    return swap === undefined ? stage : swapped(stage, swap, classes);
  });
  const checked = checkPipeline({ ...definition, stages }, classes);
  if (checked.pipeline !== undefined) return checked.pipeline;
  throw pipelineInvalid(definition.name, checked.diagnostics);
}

function swapped(
  stage: StageDefinition,
  swap: StageSwap,
  classes: Map<string, unknown>,
): StageDefinition {
  const stageClass = swap.instance?.constructor ?? swap.stage;
  const given = Object.hasOwn(swap, 'with') ? swap.with : stage.with;
  if (stageClass === undefined) return { ...stage, with: given };
  // Other stages may use the class that was there.
  const uses = `swapped for ${stage.id}`;
  classes.set(uses, stageClass);
  return { ...stage, uses, with: given };
}
