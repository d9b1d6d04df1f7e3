export { Ancestry } from './ancestry.ts';
export {
  type CompactGraph,
  declaredNodes,
  dependantsOf,
  dependenciesOf,
  dependencyCount,
  eachDependant,
  needsDirectly,
} from './compact-graph.ts';
export { type CompiledGraph, compileGraph } from './compile-graph.ts';
export { describeGraphProblem, formatCycle } from './describe-graph-problem.ts';
export {
  type GeneratedNode,
  generateChain,
  generateDiamondLadder,
  generateFan,
  generateLayered,
  generateRandomDag,
  generateTwoSpeed,
  type LayeredOptions,
  type RandomDagOptions,
} from './generate.ts';
export type { GraphDirection } from './graph-direction.ts';
export { GRAPH_ERRORS } from './graph-errors.ts';
export type { GraphNode } from './graph-node.ts';
export type {
  CycleProblem,
  DuplicateProblem,
  GraphProblem,
  RepeatedDependencyProblem,
  SelfDependencyProblem,
  UnknownDependencyProblem,
} from './graph-problem.ts';
export { ancestorsMask, descendantsMask } from './reach-mask.ts';
export { remainingPath } from './remaining-path.ts';
export { SeededRandom } from './seeded-random.ts';
export { StageGraph } from './stage-graph.ts';
export { type DotAttributes, type DotOptions, toDot } from './to-dot.ts';
export { type MermaidOptions, toMermaid } from './to-mermaid.ts';
export { verifyGraph } from './verify-graph.ts';
