import { dotString } from './dot-text.ts';
import type { GraphDirection } from './graph-direction.ts';
import type { GraphNode } from './graph-node.ts';
import type { StageGraph } from './stage-graph.ts';

/** Graphviz attributes by name, such as `fillcolor`. Both are quoted, so that any text is safe. */
export type DotAttributes = Readonly<Record<string, string>>;

export interface DotOptions {
  /** Default `TB`. */
  readonly direction?: GraphDirection;
  /** The text of a stage by id; lines are kept. Default its id. */
  readonly labels?: ReadonlyMap<string, string>;
  /** What a pointer on a stage shows, by id. Default its id. */
  readonly tooltips?: ReadonlyMap<string, string>;
  /** The class of a stage by id, such as its status; looks come from `classStyles`. */
  readonly classes?: ReadonlyMap<string, string>;
  /** How the stages of a class look, by its name. */
  readonly classStyles?: ReadonlyMap<string, DotAttributes>;
  readonly title?: string;
}

const FONT = { fontname: 'Helvetica,Arial,sans-serif', fontsize: '11' };
const NODE = {
  shape: 'box',
  style: 'rounded,filled',
  fillcolor: '#f6f8fa',
  color: '#59636e',
  margin: '0.18,0.08',
};
const EDGE = { color: '#6b7480', arrowsize: '0.7' };

/**
 * A Graphviz digraph with an arrow from each dependency to its dependant. Ids are never written as
 * names: stages are n0, n1, ... in the order of declaration, so `graph` and `node` are ordinary ids.
 * Dependencies that are not in the graph are left out. O(stages + dependencies).
 */
export function toDot(graph: StageGraph | readonly GraphNode[], options: DotOptions = {}): string {
  const nodes = 'nodes' in graph ? graph.nodes() : graph;
  const names = new Map<string, string>();
  for (const { id } of nodes) if (!names.has(id)) names.set(id, `n${names.size}`);
  const lines = [
    ...defaults(options),
    ...Array.from(names, ([id, name]) => `${name} ${attributes(boxOf(id, options))}`),
    ...arrows(nodes, names),
  ];
  return `digraph pipeline {\n${lines.map((line) => `  ${line};\n`).join('')}}\n`;
}

function defaults({ direction = 'TB', title }: DotOptions): string[] {
  const heading =
    title === undefined ? {} : { label: title, labelloc: 't', ...FONT, fontsize: '14' };
  return [
    `graph ${attributes({ rankdir: direction, pad: '0.3', ...heading })}`,
    `node ${attributes({ ...NODE, ...FONT })}`,
    `edge ${attributes(EDGE)}`,
  ];
}

function boxOf(id: string, { labels, tooltips, classes, classStyles }: DotOptions): DotAttributes {
  const given = classes?.get(id);
  return {
    label: labels?.get(id) ?? id,
    tooltip: tooltips?.get(id) ?? id,
    ...(given === undefined ? {} : classStyles?.get(given)),
  };
}

function attributes(values: DotAttributes): string {
  const list = Object.entries(values).map(([name, value]) => `${nameOf(name)}=${dotString(value)}`);
  return `[${list.join(', ')}]`;
}

function nameOf(name: string): string {
  return /^[a-z]+$/.test(name) ? name : dotString(name);
}

function arrows(nodes: readonly GraphNode[], names: ReadonlyMap<string, string>): string[] {
  return nodes.flatMap(({ id, needs }) =>
    needs.flatMap((need) => (names.has(need) ? [`${names.get(need)} -> ${names.get(id)}`] : [])),
  );
}
