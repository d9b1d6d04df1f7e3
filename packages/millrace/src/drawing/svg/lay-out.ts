import {
  type CompactGraph,
  compileGraph,
  dependenciesOf,
  type GraphNode,
  MillraceError,
} from '@millrace/core';
import { placeBoxes } from './dagre.ts';
import type { Arc } from './placed-graph.ts';
import type { Point, Size } from './point.ts';
import { type Route, routesOf } from './routes.ts';
import { rowsOf } from './rows.ts';

export interface Layout extends Size {
  /** The middle of each stage. */
  readonly middles: readonly Point[];
  /** One for each dependency. */
  readonly routes: readonly Route[];
}

/** A layout of so many places takes some ten seconds, and nobody can look at it. */
export const MAX_PLACES = 100_000;

const GAPS = { boxGap: 28, arcGap: 14, rowGap: 52 };

/**
 * Places for stages and arrows, rows from top to bottom.
 * @param boxes the size of each stage
 * @throws MillraceError DRAWING_TOO_LARGE
 */
export function layOut(stages: readonly GraphNode[], boxes: readonly Size[]): Layout {
  if (stages.length === 0) return { width: 0, height: 0, middles: [], routes: [] };
  const { graph } = compileGraph(stages);
  const rows = rowsOf(graph);
  const arcs = arcsOf(graph);
  refuseTooLarge(graph.count, arcs, rows);
  const { height, middles, passes } = placeBoxes({ boxes, rows, arcs, ...GAPS });
  const routes = routesOf({ boxes, middles, rows, arcs, passes });
  return { height, ...movedToZero(boxes, middles, routes) };
}

/** Moved to begin at 0. What dagre tells of the width counts boxes only, and ways may lead around them. */
function movedToZero(
  boxes: readonly Size[],
  middles: readonly Point[],
  routes: readonly Route[],
): Omit<Layout, 'height'> {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  const reach = (x: number, half: number): void => {
    left = Math.min(left, x - half);
    right = Math.max(right, x + half);
  };
  for (const [box, { x }] of middles.entries()) reach(x, (boxes[box]?.width ?? 0) / 2);
  for (const route of routes) for (const { x } of route) reach(x, 1);
  return {
    width: right - left,
    middles: middles.map(({ x, y }) => ({ x: x - left, y })),
    routes: routes.map((route) => route.map((upright) => ({ ...upright, x: upright.x - left }))),
  };
}

/** Each dependency, in the order of declaration. */
function arcsOf(graph: CompactGraph): Arc[] {
  const arcs: Arc[] = [];
  for (let node = 0; node < graph.count; node++) {
    for (const need of dependenciesOf(graph, node)) arcs.push([need, node]);
  }
  return arcs;
}

/** One place for each stage, and some for each row that an arrow passes. */
function refuseTooLarge(stages: number, arcs: readonly Arc[], rows: Int32Array): void {
  const places = arcs.reduce(
    (total, [from, to]) => total + 2 * ((rows[to] ?? 0) - (rows[from] ?? 0)) - 1,
    stages,
  );
  if (places <= MAX_PLACES) return;
  const count = (value: number): string => value.toLocaleString('en-US');
  throw new MillraceError(
    'DRAWING_TOO_LARGE',
    `the graph is too large for an SVG: ${count(stages)} stages and ${count(arcs.length)} dependencies need ${count(places)} places, expected at most ${count(MAX_PLACES)}`,
    {
      details: { stages, dependencies: arcs.length, places, maxPlaces: MAX_PLACES },
      help: 'write it with --format dot, which has no limit, or draw a smaller pipeline',
    },
  );
}
