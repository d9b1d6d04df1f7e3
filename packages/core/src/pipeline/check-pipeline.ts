import type { Diagnostic } from '../base/diagnostic.ts';
import { stageIdFault } from '../base/ids.ts';
import { unreachable } from '../base/invariant.ts';
import { didYouMean } from '../base/nearest-name.ts';
import type { PipelineDefinition } from '../definition/pipeline-definition.ts';
import {
  type CompiledGraph,
  compileGraph,
  describeGraphProblem,
  type GraphProblem,
} from '../graph/index.ts';
import { bindStage, type StageClasses } from './bind-stage.ts';
import type { BoundStage } from './bound-stage.ts';
import { ModelPipeline } from './model-pipeline.ts';
import { wireStages } from './wire-stages.ts';
import type { WirableStage } from './wiring.ts';

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
  const faulty = reportGraphProblems(definition, compiled, report);
  const stages = bindAll(definition, compiled, classes, { report, faulty });
  const { graph } = compiled;
  const initialKeys = new Set([...Object.keys(definition.context), ...definition.inputs]);
  const wiring = wireStages({ graph, stages, initialKeys, faulty: [...faulty], report });
  if (diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return { diagnostics };
  const pipeline = new ModelPipeline({ definition, graph, stages: stages as BoundStage[], wiring });
  return { pipeline, diagnostics };
}

function bindAll(
  definition: PipelineDefinition,
  { graph }: CompiledGraph,
  classes: StageClasses,
  {
    report,
    faulty,
  }: { readonly report: (diagnostic: Diagnostic) => void; readonly faulty: Set<number> },
): WirableStage[] {
  const stages: WirableStage[] = new Array(graph.count).fill(undefined);
  for (const stage of definition.stages) {
    const index = graph.indexById.get(stage.id) ?? -1;
    // The first declaration of a duplicate counts.
    if (stages[index] !== undefined) continue;
    const fault = stageIdFault(stage.id);
    if (fault !== undefined) {
      report({
        code: 'STAGE_ID_INVALID',
        severity: 'error',
        message: `stage id ${JSON.stringify(stage.id)} ${fault}`,
        path: ['stages', stage.id],
        pointsAtKey: true,
      });
    }
    const bound = bindStage(stage, index, classes, report);
    stages[index] = bound;
    if (bound === undefined) faulty.add(index);
  }
  return stages;
}

function reportGraphProblems(
  definition: PipelineDefinition,
  { graph, problems }: CompiledGraph,
  report: (diagnostic: Diagnostic) => void,
): Set<number> {
  const faulty = new Set<number>();
  for (const problem of problems) {
    report(toDiagnostic(problem, definition));
    for (const id of problem.kind === 'cycle' ? problem.group : [problem.id]) {
      const index = graph.indexById.get(id);
      if (index !== undefined && problem.kind !== 'repeated-dependency') faulty.add(index);
    }
  }
  return faulty;
}

function toDiagnostic(problem: GraphProblem, definition: PipelineDefinition): Diagnostic {
  const message = describeGraphProblem(problem);
  switch (problem.kind) {
    case 'duplicate':
      return {
        code: 'STAGE_DUPLICATE',
        severity: 'error',
        message,
        path: ['stages', problem.index],
        related: [{ message: 'the first one', path: ['stages', problem.firstIndex] }],
        help: 'rename one of them',
      };
    case 'unknown-dependency': {
      const near = didYouMean(
        problem.dependency,
        problem.nearest === undefined ? [] : [problem.nearest],
      );
      const known = definition.stages.slice(0, 8).map((stage) => stage.id);
      return {
        code: 'DEPENDENCY_UNKNOWN',
        severity: 'error',
        message,
        path: ['stages', problem.id, 'needs', problem.needIndex],
        expected: `one of ${known.join(', ')}${definition.stages.length > known.length ? ', ...' : ''}`,
        got: JSON.stringify(problem.dependency),
        ...(near === undefined ? {} : { help: near }),
      };
    }
    case 'self-dependency':
      return {
        code: 'DEPENDENCY_SELF',
        severity: 'error',
        message,
        path: ['stages', problem.id, 'needs', problem.needIndex],
        help: 'take it out of needs',
      };
    case 'repeated-dependency':
      return {
        code: 'DEPENDENCY_REPEATED',
        severity: 'warning',
        message,
        path: ['stages', problem.id, 'needs', problem.needIndex],
        help: 'take one of them out',
      };
    case 'cycle': {
      const [first = '', second = ''] = problem.path;
      const needIndex =
        definition.stages.find((stage) => stage.id === first)?.needs.indexOf(second) ?? 0;
      return {
        code: 'GRAPH_CYCLIC',
        severity: 'error',
        message,
        path: ['stages', first, 'needs', needIndex],
        help: 'take one dependency on this path away',
        related: problem.path.slice(1, -1).map((id, at) => ({
          message: `${JSON.stringify(id)} needs ${JSON.stringify(problem.path[at + 2])}`,
          path: ['stages', id, 'needs'],
        })),
      };
    }
    default:
      return unreachable(problem, 'unknown kind of graph problem');
  }
}
