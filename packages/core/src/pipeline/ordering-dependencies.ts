import { dependenciesOf } from '../graph/index.ts';
import type { ModelPipeline } from './model-pipeline.ts';
import { LOOKED_UP, type WiredInput } from './wiring.ts';

/**
 * The dependencies whose outputs tell that a stage may be out of date although it reads none of them: it
 * may rest on what they did besides. All of them for a stage that may read whatever it sees.
 * @param inputs of the stage, where they are known already
 */
export function orderingDependencies(
  { graph, wiring, stages }: ModelPipeline,
  stage: number,
  inputs = wiring.inputs.of(stage),
): Int32Array {
  const isOpen =
    stages[stage]?.blueprint.inputs === undefined ||
    inputs.some(({ provider }) => provider === LOOKED_UP);
  if (isOpen) return dependenciesOf(graph, stage);
  // Mostly something is read of each, and nothing has to be made.
  const { dependencies, dependencyOffsets } = graph;
  const end = dependencyOffsets[stage + 1] as number;
  for (let at = dependencyOffsets[stage] as number; at < end; at++) {
    if (isReadBy(inputs, dependencies[at] as number)) continue;
    return dependenciesOf(graph, stage).filter((dependency) => !isReadBy(inputs, dependency));
  }
  return NONE;
}

const NONE = new Int32Array(0);

function isReadBy(inputs: readonly WiredInput[], dependency: number): boolean {
  return inputs.some(
    ({ provider, parts }) =>
      provider === dependency || parts?.some((part) => part.provider === dependency) === true,
  );
}
