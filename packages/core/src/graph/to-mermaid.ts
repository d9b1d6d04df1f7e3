import type { GraphDirection } from './graph-direction.ts';
import type { GraphNode } from './graph-node.ts';
import { mermaidClass, mermaidLabel, mermaidTitle } from './mermaid-text.ts';
import type { StageGraph } from './stage-graph.ts';

export interface MermaidOptions {
  /** Default `TB`. */
  readonly direction?: GraphDirection;
  /** The text of a stage by id; lines are kept. Default its id. */
  readonly labels?: ReadonlyMap<string, string>;
  /** The class of a stage by id, such as its status; looks come from `classStyles`. */
  readonly classes?: ReadonlyMap<string, string>;
  /** CSS of a class by name: `fill:#dfd,stroke:#080`. Written as it is, so never from a config file. */
  readonly classStyles?: ReadonlyMap<string, string>;
  readonly title?: string;
}

/**
 * A Mermaid flowchart with an arrow from each dependency to its dependant. Ids are never written raw:
 * stages are n0, n1, ... in the order of declaration. Dependencies that are not in the graph are left
 * out. O(stages + dependencies). Mermaid itself draws no more than 500 arrows unless told to.
 */
export function toMermaid(
  graph: StageGraph | readonly GraphNode[],
  options: MermaidOptions = {},
): string {
  const nodes = 'nodes' in graph ? graph.nodes() : graph;
  const names = new Map<string, string>();
  for (const { id } of nodes) if (!names.has(id)) names.set(id, `n${names.size}`);
  const title = options.title === undefined ? '' : mermaidTitle(options.title);
  const lines = [
    ...boxes(names, options.labels),
    ...arrows(nodes, names),
    ...classLines(names, options),
  ];
  const body = lines.map((line) => `  ${line}\n`).join('');
  return `${title}flowchart ${options.direction ?? 'TB'}\n${body}`;
}

function boxes(names: ReadonlyMap<string, string>, labels: MermaidOptions['labels']): string[] {
  return Array.from(names, ([id, name]) => `${name}["${mermaidLabel(labels?.get(id) ?? id)}"]`);
}

function arrows(nodes: readonly GraphNode[], names: ReadonlyMap<string, string>): string[] {
  return nodes.flatMap(({ id, needs }) =>
    needs.flatMap((need) => (names.has(need) ? [`${names.get(need)} --> ${names.get(id)}`] : [])),
  );
}

function classLines(
  names: ReadonlyMap<string, string>,
  { classes, classStyles }: MermaidOptions,
): string[] {
  const members = new Map<string, string[]>();
  for (const [id, name] of names) {
    const given = classes?.get(id);
    if (given === undefined) continue;
    const list = members.get(given);
    if (list === undefined) members.set(given, [name]);
    else list.push(name);
  }
  const lines: string[] = [];
  for (const [given, style] of classStyles ?? []) {
    if (members.has(given)) lines.push(`classDef ${mermaidClass(given)} ${style}`);
  }
  for (const [given, list] of members) lines.push(`class ${list.join(',')} ${mermaidClass(given)}`);
  return lines;
}
