import type { CompactGraph } from '../graph/index.ts';
import type { ModelPipeline } from './model-pipeline.ts';
import { LOOKED_UP } from './wiring.ts';

/** The stages that a stage needs, by index; a view, not a copy. */
export function dependenciesOf(graph: CompactGraph, stage: number): Int32Array {
  const { dependencies, dependencyOffsets } = graph;
  return dependencies.subarray(dependencyOffsets[stage], dependencyOffsets[stage + 1]);
}

/** The stages that need a stage, by index; a view, not a copy. */
export function dependantsOf(graph: CompactGraph, stage: number): Int32Array {
  const { dependants, dependantOffsets } = graph;
  return dependants.subarray(dependantOffsets[stage], dependantOffsets[stage + 1]);
}

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

/**
 * Whether a stage can do without one that its condition skipped: it reads outputs of it, and all that it
 * reads of it is optional.
 */
export function toleratesSkip(
  { wiring }: ModelPipeline,
  dependant: number,
  skipped: number,
): boolean {
  const read = (wiring.inputs[dependant] ?? []).filter(
    ({ provider, parts }) =>
      provider === skipped || parts?.some((part) => part.provider === skipped) === true,
  );
  return read.length > 0 && read.every(({ optional, parts }) => optional && parts === undefined);
}
