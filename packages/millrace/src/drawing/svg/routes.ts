import type { PlacedGraph } from './placed-graph.ts';
import { portsOfArcs } from './ports.ts';

/** A part of an arc that runs straight down, at the side of the boxes of one row. */
export interface Upright {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/** From a box, through the rows on the way, to another box; between two uprights an arc bends. */
export type Route = readonly Upright[];

export function routesOf(graph: PlacedGraph): readonly Route[] {
  const bands = bandsOf(graph);
  const { leaving, arriving } = portsOfArcs(graph);
  return graph.arcs.map(([from, to], arc) => {
    const passes = graph.passes[arc] ?? [];
    const first = graph.rows[from] ?? 0;
    const band = (offset: number): Omit<Upright, 'x'> =>
      bands[first + offset] ?? { top: 0, bottom: 0 };
    return [
      { x: leaving[arc] ?? 0, top: sideOf(graph, from, 1), bottom: band(0).bottom },
      ...passes.map(({ x }, at) => ({ x, ...band(at + 1) })),
      {
        x: arriving[arc] ?? 0,
        top: band(passes.length + 1).top,
        bottom: sideOf(graph, to, -1),
      },
    ];
  });
}

/** From the highest to the lowest side of the boxes of each row. */
function bandsOf({ boxes, middles, rows }: PlacedGraph): readonly Omit<Upright, 'x'>[] {
  const bands: { top: number; bottom: number }[] = [];
  middles.forEach(({ y }, box) => {
    const half = (boxes[box]?.height ?? 0) / 2;
    const row = rows[box] ?? 0;
    const { top, bottom } = bands[row] ?? { top: y, bottom: y };
    bands[row] = { top: Math.min(top, y - half), bottom: Math.max(bottom, y + half) };
  });
  return bands;
}

/** The upper (-1) or lower (1) side of a box. */
function sideOf({ boxes, middles }: PlacedGraph, box: number, side: -1 | 1): number {
  return (middles[box]?.y ?? 0) + (side * (boxes[box]?.height ?? 0)) / 2;
}
