import type { Diagnostic, PathSegment } from '../base/diagnostic.ts';
import { unreachable } from '../base/invariant.ts';
import { didYouMean } from '../base/nearest-name.ts';
import type { PipelineDefinition, StageDefinition } from '../definition/pipeline-definition.ts';
import {
  type CompiledGraph,
  type CycleProblem,
  describeGraphProblem,
  type GraphProblem,
} from '../graph/index.ts';

/** Places of the declarations whose id was declared before. */
export function duplicatesOf(problems: readonly GraphProblem[]): Set<number> {
  return new Set(
    problems.flatMap((problem) => (problem.kind === 'duplicate' ? [problem.index] : [])),
  );
}

/** Reports each problem of the graph; gives the stages whose dependencies are not all known. */
export function reportGraphProblems(
  { stages }: PipelineDefinition,
  { graph, problems }: CompiledGraph,
  report: (diagnostic: Diagnostic) => void,
): Set<number> {
  const loose = new Set<number>();
  const duplicates = duplicatesOf(problems);
  const hasCycle = problems.some(({ kind }) => kind === 'cycle');
  const declared: DeclaredStages = {
    stages,
    nameAt: (position) =>
      duplicates.has(position) ? position : (stages[position] as StageDefinition).id,
    needsOf: hasCycle ? needsById(stages) : new Map(),
  };
  for (const problem of problems) {
    report(toDiagnostic(problem, declared));
    if (problem.kind === 'repeated-dependency') continue;
    for (const id of problem.kind === 'cycle' ? problem.group : [problem.id]) {
      const index = graph.indexById.get(id);
      if (index !== undefined) loose.add(index);
    }
  }
  return loose;
}

interface DeclaredStages {
  readonly stages: readonly StageDefinition[];
  /** How a path names the stage at a place of the list: its id, or the place for a duplicate. */
  readonly nameAt: (position: number) => PathSegment;
  readonly needsOf: ReadonlyMap<string, readonly string[]>;
}

function needsById(stages: readonly StageDefinition[]): Map<string, readonly string[]> {
  const needs = new Map<string, readonly string[]>();
  for (const stage of stages) if (!needs.has(stage.id)) needs.set(stage.id, stage.needs);
  return needs;
}

type UnknownDependency = Extract<GraphProblem, { kind: 'unknown-dependency' }>;
/** Ids that a message about an unknown one lists. */
const LISTED_IDS = 8;

function toDiagnostic(problem: GraphProblem, declared: DeclaredStages): Diagnostic {
  const message = describeGraphProblem(problem);
  switch (problem.kind) {
    case 'duplicate':
      return {
        code: 'STAGE_DUPLICATE',
        severity: 'error',
        message,
        path: ['stages', problem.index],
        related: [{ message: 'the first one', path: ['stages', problem.id] }],
        help: 'rename one of them',
      };
    case 'unknown-dependency':
      return unknownDependency(problem, declared, message);
    case 'self-dependency':
      return {
        code: 'DEPENDENCY_SELF',
        severity: 'error',
        message,
        path: ['stages', declared.nameAt(problem.nodeIndex), 'needs', problem.needIndex],
        help: 'take it out of needs',
      };
    case 'repeated-dependency':
      return {
        code: 'DEPENDENCY_REPEATED',
        severity: 'warning',
        message,
        path: ['stages', declared.nameAt(problem.nodeIndex), 'needs', problem.needIndex],
        help: 'take one of them out',
      };
    case 'cycle':
      return cyclic(problem, declared, message);
    default:
      return unreachable(problem, 'unknown kind of graph problem');
  }
}

function unknownDependency(
  { dependency, nearest, nodeIndex, needIndex }: UnknownDependency,
  { stages, nameAt }: DeclaredStages,
  message: string,
): Diagnostic {
  const near = didYouMean(dependency, nearest === undefined ? [] : [nearest]);
  const known = stages.slice(0, LISTED_IDS).map((stage) => stage.id);
  return {
    code: 'DEPENDENCY_UNKNOWN',
    severity: 'error',
    message,
    path: ['stages', nameAt(nodeIndex), 'needs', needIndex],
    expected: `one of ${known.join(', ')}${stages.length > known.length ? ', ...' : ''}`,
    got: JSON.stringify(dependency),
    ...(near === undefined || nearest === undefined
      ? {}
      : {
          help: near,
          // Which of the two names is the wrong one, only the author knows.
          related: [
            { message: `${JSON.stringify(nearest)} is declared here`, path: ['stages', nearest] },
          ],
        }),
  };
}

function cyclic({ path }: CycleProblem, { needsOf }: DeclaredStages, message: string): Diagnostic {
  const placeOf = (id: string, need: string): PathSegment[] => [
    'stages',
    id,
    'needs',
    needsOf.get(id)?.indexOf(need) ?? 0,
  ];
  const [first = '', second = ''] = path;
  return {
    code: 'GRAPH_CYCLIC',
    severity: 'error',
    message,
    path: placeOf(first, second),
    help: 'take one dependency on this path away',
    related: path.slice(1, -1).map((id, at) => {
      const next = path[at + 2] ?? '';
      return {
        message: `${JSON.stringify(id)} needs ${JSON.stringify(next)}`,
        path: placeOf(id, next),
      };
    }),
  };
}
