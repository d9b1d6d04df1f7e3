import type { StageDefinition } from '../../definition/index.ts';
import { checkPipeline, type ModelPipeline, pipelineInvalid } from '../../pipeline/index.ts';

type Facts = Partial<
  Pick<StageDefinition, 'code' | 'when' | 'files' | 'namespace' | 'writeSuffix' | 'secrets'>
>;

/** The pipeline with what a config tells of its stages, and code cannot. */
export function withFacts(
  { definition, stages }: ModelPipeline,
  facts: Readonly<Record<string, Facts>>,
): ModelPipeline {
  const classes = new Map<string, unknown>();
  for (const { definition: stage, blueprint, fallback } of stages) {
    classes.set(stage.uses, blueprint.stageClass);
    if (fallback?.kind === 'stage') classes.set(fallback.uses, fallback.blueprint.stageClass);
  }
  const told = definition.stages.map((stage) => ({ ...stage, ...facts[stage.id] }));
  const checked = checkPipeline({ ...definition, stages: told }, classes);
  if (checked.pipeline === undefined) throw pipelineInvalid(definition.name, checked.diagnostics);
  return checked.pipeline;
}
