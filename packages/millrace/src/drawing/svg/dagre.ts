// The only file that imports dagre.
import * as dagre from '@dagrejs/dagre';
import { orderRows } from './order-rows.ts';
import type { Point, Size } from './point.ts';

interface BoxLabel extends Size {
  readonly rank: number;
  /** Written by the layout. */
  order?: number;
  readonly x?: number;
  readonly y?: number;
}

interface ArcLabel {
  readonly labelpos: 'c';
  readonly points?: readonly Point[];
}

interface Graph {
  setGraph(settings: Readonly<Record<string, string | number>>): void;
  graph(): Partial<Size>;
  setNode(name: string, label: BoxLabel): void;
  node(name: string): BoxLabel;
  nodes(): readonly string[];
  setEdge(from: string, to: string, label: ArcLabel): void;
  edge(from: string, to: string): ArcLabel;
  predecessors(name: string): readonly string[] | undefined;
  successors(name: string): readonly string[] | undefined;
}

/** What is used of dagre. Its own types lead nowhere under Node's resolution, and would all be `any`. */
interface Dagre {
  readonly Graph: new () => Graph;
  readonly layout: (graph: Graph, options: LayoutOptions) => void;
}

interface LayoutOptions {
  /** Whether an earlier layout of the same graph counts. */
  readonly useDynamic: boolean;
  readonly customOrder: (graph: Graph) => void;
}

const { Graph, layout }: Dagre = dagre;

export interface PlaceRequest {
  /** The room that each box takes up. */
  readonly boxes: readonly Size[];
  /** The row of each box, counted from 0 at the top. */
  readonly rows: Int32Array;
  /** From the box of the first number to that of the second, which stands in a lower row. */
  readonly arcs: readonly (readonly [number, number])[];
  readonly boxGap: number;
  readonly arcGap: number;
  readonly rowGap: number;
}

export interface Places extends Size {
  /** The middle of each box. */
  readonly middles: readonly Point[];
  /** For each arc, where it passes the rows between its ends. */
  readonly passes: readonly (readonly Point[])[];
}

/**
 * Places boxes whose rows are known. dagre finds the places inside the rows and the ways between the
 * boxes; its own ranks take half a minute for 1,000 stages, and its search for few crossings overflows
 * the stack, so rows and order are ours.
 */
export function placeBoxes(request: PlaceRequest): Places {
  const { boxes, rows, arcs, boxGap, arcGap, rowGap } = request;
  const graph = new Graph();
  graph.setGraph({
    rankdir: 'TB',
    ranker: 'none',
    acyclicer: 'greedy',
    nodesep: boxGap,
    edgesep: arcGap,
    ranksep: rowGap,
  });
  boxes.forEach(({ width, height }, box) => {
    // Every second rank is left for the labels of arcs, whether or not there are any.
    graph.setNode(nameOf(box), { width, height, rank: 2 * (rows[box] ?? 0) });
  });
  for (const [from, to] of arcs) graph.setEdge(nameOf(from), nameOf(to), { labelpos: 'c' });
  layout(graph, { useDynamic: false, customOrder: orderNodes });
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    middles: boxes.map((_, box) => pointOf(graph.node(nameOf(box)))),
    passes: arcs.map(([from, to]) => passesOf(graph.edge(nameOf(from), nameOf(to)))),
  };
}

/** Numbers, because graphlib keeps nodes in plain objects, where `constructor` is taken. */
function nameOf(box: number): string {
  return `n${box}`;
}

/** Its first and last point are ends, and between the rows there is one more for a label. */
function passesOf({ points = [] }: ArcLabel): Point[] {
  return points.slice(1, -1).filter((_, at) => at % 2 === 1);
}

function pointOf({ x = 0, y = 0 }: BoxLabel): Point {
  return { x, y };
}

function orderNodes(graph: Graph): void {
  const names = graph.nodes();
  const numbers = new Map(names.map((name, number) => [name, number]));
  const numbersOf = (some: readonly string[] | undefined): number[] =>
    (some ?? []).flatMap((name) => numbers.get(name) ?? []);
  const rows: number[][] = [];
  names.forEach((name, number) => {
    const { rank } = graph.node(name);
    rows[rank] ??= [];
    rows[rank].push(number);
  });
  const ordered = orderRows({
    rows: Array.from(rows, (row) => row ?? []),
    above: names.map((name) => numbersOf(graph.predecessors(name))),
    below: names.map((name) => numbersOf(graph.successors(name))),
  });
  for (const row of ordered) {
    row.forEach((number, place) => {
      graph.node(names[number] ?? '').order = place;
    });
  }
}
