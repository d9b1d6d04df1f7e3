import { dependenciesOf } from '../graph/index.ts';
import type { ModelPipeline } from './model-pipeline.ts';
import { LOOKED_UP } from './wiring.ts';

/**
 * The dependencies whose outputs tell that a stage may be out of date although it reads none of them: it
 * may rest on what they did besides. All of them for a stage that may read whatever it sees.
 */
export function orderingDependencies(
  { graph, wiring, stages }: ModelPipeline,
  stage: number,
): Int32Array {
  const dependencies = dependenciesOf(graph, stage);
  const inputs = wiring.inputs[stage] ?? [];
  const isOpen =
    stages[stage]?.blueprint.inputs === undefined ||
    inputs.some(({ provider }) => provider === LOOKED_UP);
  if (isOpen) return dependencies;
  return dependencies.filter(
    (dependency) =>
      !inputs.some(
        ({ provider, parts }) =>
          provider === dependency || parts?.some((part) => part.provider === dependency) === true,
      ),
  );
}
