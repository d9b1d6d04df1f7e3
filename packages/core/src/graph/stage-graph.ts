import { Graph } from '@dagrejs/graphlib';
import { MillraceError } from '../base/millrace-error.ts';
import { nearestName } from '../base/nearest-name.ts';
import { type CompactGraph, declaredNodes } from './compact-graph.ts';
import { compileGraph } from './compile-graph.ts';
import { formatCycle } from './describe-graph-problem.ts';
import type { GraphNode } from './graph-node.ts';
import type { GraphProblem } from './graph-problem.ts';

/**
 * The stages of an authored pipeline and their dependencies, for queries and drawing. Unlike a
 * {@link CompactGraph} it may hold cycles, so that they can be shown. It never changes; all lists are
 * in the order of declaration or, for dependencies, of the author's `needs`.
 *
 * Building costs some 10 microseconds a stage: 100,000 stages take seconds, the compact graph
 * milliseconds. Methods that take an id throw MillraceError STAGE_UNKNOWN when there is no such stage.
 */
export class StageGraph {
  /** Everything wrong with the declarations. What these name is left out, except for cycles. */
  readonly problems: readonly GraphProblem[];
  /** Edges lead from a dependency to its dependant. A node's label is its id. */
  readonly #graph: Graph<undefined, string, undefined>;
  readonly #order: readonly string[];

  private constructor(nodes: readonly GraphNode[]) {
    const { graph, problems } = compileGraph(nodes);
    this.problems = problems;
    this.#order = Array.from(graph.order, (node) => graph.ids[node] as string);
    this.#graph = new Graph<undefined, string, undefined>();
    for (const id of graph.ids) this.#graph.setNode(keyOf(id), id);
    const declared = new Set<string>();
    for (const { id, needs } of nodes) {
      if (declared.has(id)) continue;
      declared.add(id);
      for (const need of needs) {
        if (need !== id && graph.indexById.has(need)) this.#graph.setEdge(keyOf(need), keyOf(id));
      }
    }
  }

  static fromNodes(nodes: readonly GraphNode[]): StageGraph {
    return new StageGraph(nodes);
  }

  static fromCompact(graph: CompactGraph): StageGraph {
    return new StageGraph(declaredNodes(graph));
  }

  get size(): number {
    return this.#graph.nodeCount();
  }

  stages(): string[] {
    return this.#ids(this.#graph.nodes());
  }

  has(id: string): boolean {
    return this.#graph.hasNode(keyOf(id));
  }

  dependenciesOf(id: string): string[] {
    return this.#ids(this.#dependencyKeys(this.#knownKey(id)));
  }

  dependantsOf(id: string): string[] {
    return this.#ids(this.#dependantKeys(this.#knownKey(id)));
  }

  /** All that must finish before the stage can start, without itself unless it is on a cycle. */
  ancestorsOf(id: string): string[] {
    return this.#reach(id, (key) => this.#dependencyKeys(key));
  }

  /** All that wait for the stage, without itself unless it is on a cycle. */
  descendantsOf(id: string): string[] {
    return this.#reach(id, (key) => this.#dependantKeys(key));
  }

  /** Stages that need none. */
  roots(): string[] {
    return this.#inDeclaredOrder(new Set(this.#graph.sources()));
  }

  /** Stages that none needs. */
  leaves(): string[] {
    return this.#inDeclaredOrder(new Set(this.#graph.sinks()));
  }

  /** Only the given stages and the dependencies among them. */
  subgraph(ids: Iterable<string>): StageGraph {
    const kept = new Set<string>();
    for (const id of ids) kept.add(this.#knownKey(id));
    const nodes = this.#inDeclaredOrder(kept).map((id) => ({
      id,
      needs: this.dependenciesOf(id).filter((need) => kept.has(keyOf(need))),
    }));
    return new StageGraph(nodes);
  }

  /** The closed path of a smallest cycle in each group of stages that need each other. */
  cycles(): (readonly string[])[] {
    return this.problems.flatMap((problem) => (problem.kind === 'cycle' ? [problem.path] : []));
  }

  /**
   * Dependencies first; among ready stages, the one declared first.
   * @throws MillraceError GRAPH_CYCLIC when there is none
   */
  topologicalOrder(): string[] {
    const [path] = this.cycles();
    if (path === undefined) return [...this.#order];
    throw new MillraceError('GRAPH_CYCLIC', `stages need each other: ${formatCycle(path)}`, {
      details: { path },
      help: 'Remove one of these dependencies.',
    });
  }

  /** What this graph could be declared with. */
  nodes(): GraphNode[] {
    return this.stages().map((id) => ({ id, needs: this.dependenciesOf(id) }));
  }

  #reach(id: string, next: (key: string) => readonly string[]): string[] {
    const reached = new Set<string>();
    const open = [this.#knownKey(id)];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      for (const neighbour of next(key)) {
        if (reached.has(neighbour)) continue;
        reached.add(neighbour);
        open.push(neighbour);
      }
    }
    return this.#inDeclaredOrder(reached);
  }

  #dependencyKeys(key: string): readonly string[] {
    return this.#graph.predecessors(key) ?? [];
  }

  #dependantKeys(key: string): readonly string[] {
    return this.#graph.successors(key) ?? [];
  }

  #inDeclaredOrder(keys: ReadonlySet<string>): string[] {
    return this.#ids(this.#graph.nodes().filter((key) => keys.has(key)));
  }

  #ids(keys: readonly string[]): string[] {
    return keys.map((key) => this.#graph.node(key));
  }

  #knownKey(id: string): string {
    const key = keyOf(id);
    if (this.#graph.hasNode(key)) return key;
    const nearest = nearestName(id, this.stages());
    throw new MillraceError('STAGE_UNKNOWN', `there is no stage ${JSON.stringify(id)}`, {
      details: nearest === undefined ? { stage: id } : { stage: id, nearest },
      ...(nearest === undefined ? {} : { help: `did you mean ${JSON.stringify(nearest)}?` }),
    });
  }
}

/**
 * graphlib keeps nodes in plain objects, where `constructor` and `__proto__` break it and numbers
 * change places, and joins the two ends of an edge with U+0001.
 */
function keyOf(id: string): string {
  return `:${id.replaceAll('\u0001', '\u0001.')}`;
}
