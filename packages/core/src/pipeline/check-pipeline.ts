import type { Diagnostic } from '../base/diagnostic.ts';
import { stageIdFault } from '../base/ids.ts';
import type { PipelineDefinition } from '../definition/pipeline-definition.ts';
import { type CompiledGraph, compileGraph } from '../graph/index.ts';
import { type CommonPlace, StagePlace } from './bind-place.ts';
import { bindStage, type StageClasses } from './bind-stage.ts';
import { checkCompatibility } from './check-compatibility.ts';
import { checkLimits } from './check-limits.ts';
import { duplicatesOf, reportGraphProblems } from './graph-diagnostics.ts';
import { type Locate, ModelPipeline } from './model-pipeline.ts';
import { wireStages } from './wire-stages.ts';
import type { WirableStage } from './wiring.ts';

export interface CheckOptions {
  /** Where a value of the definition was written. */
  readonly locate?: Locate | undefined;
  /** Takes the values of secrets, and nothing else, out of a text. Applied to params as they are recorded. */
  readonly redact?: ((text: string) => string) | undefined;
}

export interface CheckedPipeline {
  /** Absent when a diagnostic is an error. */
  readonly pipeline?: ModelPipeline;
  /** All that is wrong, in the order of checking. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Binds classes to a definition and checks it whole: ids, dependencies, cycles, classes, params, wiring.
 * Nothing of a stage runs. A `uses` that `classes` lacks counts as reported by its loader.
 */
export function checkPipeline(
  definition: PipelineDefinition,
  classes: StageClasses,
  { locate, redact }: CheckOptions = {},
): CheckedPipeline {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  if (definition.stages.length === 0) {
    report({
      code: 'PIPELINE_EMPTY',
      severity: 'error',
      message: `pipeline ${JSON.stringify(definition.name)} has no stages`,
      path: ['stages'],
    });
  }
  const compiled = compileGraph(definition.stages);
  const { graph } = compiled;
  const loose = reportGraphProblems(definition, compiled, report);
  const stages = bindAll(definition, compiled, classes, { report, redact });
  checkLimits({ limits: definition.limits ?? [], stages, report });
  const initialKeys = new Set([...Object.keys(definition.context), ...definition.inputs]);
  const wiring = wireStages({ graph, stages, initialKeys, loose, report });
  checkCompatibility({ stages, wiring, context: definition.context, report });
  const isSound = diagnostics.every((diagnostic) => diagnostic.severity !== 'error');
  if (!isSound || !stages.every((stage) => stage !== undefined)) return { diagnostics };
  return {
    pipeline: new ModelPipeline({ definition, graph, stages, wiring, locate }),
    diagnostics,
  };
}

/** Every declaration is checked; of a duplicate id the first one counts, the others are named by place. */
function bindAll(
  definition: PipelineDefinition,
  { graph, problems }: CompiledGraph,
  classes: StageClasses,
  common: CommonPlace,
): WirableStage[] {
  const { report } = common;
  const stages: WirableStage[] = new Array(graph.count).fill(undefined);
  const duplicates = duplicatesOf(problems);
  definition.stages.forEach((stage, position) => {
    const isDuplicate = duplicates.has(position);
    const place = new StagePlace(common, stage.id, isDuplicate ? position : stage.id);
    const fault = stageIdFault(stage.id);
    if (fault !== undefined && !isDuplicate) {
      report({
        code: 'STAGE_ID_INVALID',
        severity: 'error',
        message: `stage id ${JSON.stringify(stage.id)} ${fault}`,
        path: place.path,
        pointsAtKey: true,
      });
    }
    const index = graph.indexById.get(stage.id) ?? -1;
    const bound = bindStage(stage, index, classes, place);
    if (!isDuplicate) stages[index] = bound;
  });
  return stages;
}
