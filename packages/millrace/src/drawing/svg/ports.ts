import type { PlacedGraph } from './placed-graph.ts';

/** Between two arcs that meet a box on the same side. */
const PORT_GAP = 14;
/** From the corners of a box, which are round. */
const CORNER = 12;
/** A bend of less than this looks like a slip. */
const SLIGHT = 16;

export interface Ports {
  /** Where each arc leaves its box, and where it arrives. */
  readonly leaving: readonly number[];
  readonly arriving: readonly number[];
}

/**
 * Where arcs meet their boxes. An arc that is alone on its side of a box, and leads nearly straight on,
 * leads quite straight on.
 */
export function portsOfArcs(graph: PlacedGraph): Ports {
  const leaving = endsOf(graph, 0);
  const arriving = endsOf(graph, 1);
  graph.arcs.forEach(([from, to], arc) => {
    const passes = graph.passes[arc] ?? [];
    const { place: start, alone: leavesAlone } = leaving[arc] ?? NOWHERE;
    const end = arriving[arc] ?? NOWHERE;
    const next = passes.at(0)?.x ?? end.place;
    if (leavesAlone && isReached(graph, from, next, start))
      leaving[arc] = { place: next, alone: true };
    const before = passes.at(-1)?.x ?? (leaving[arc] ?? NOWHERE).place;
    if (end.alone && isReached(graph, to, before, end.place))
      arriving[arc] = { place: before, alone: true };
  });
  return {
    leaving: leaving.map(({ place }) => place),
    arriving: arriving.map(({ place }) => place),
  };
}

interface End {
  readonly place: number;
  /** No other arc meets the box on this side. */
  readonly alone: boolean;
}

const NOWHERE: End = { place: 0, alone: false };

/** The end of each arc at the box that it leaves (0) or meets (1). */
function endsOf({ boxes, middles, arcs, passes }: PlacedGraph, end: 0 | 1): End[] {
  const ends = new Array<End>(arcs.length).fill(NOWHERE);
  const arcsOfBox = Map.groupBy(arcs.keys(), (arc) => arcs[arc]?.[end] ?? 0);
  for (const [box, own] of arcsOfBox) {
    const middle = middles[box]?.x ?? 0;
    const towards = own.map((arc) => {
      const next = passes[arc]?.at(end === 0 ? 0 : -1) ?? middles[arcs[arc]?.[1 - end] ?? 0];
      return (next?.x ?? middle) - middle;
    });
    spread(towards, boxes[box]?.width ?? 0).forEach((port, at) => {
      ends[own[at] ?? 0] = { place: middle + port, alone: own.length === 1 };
    });
  }
  return ends;
}

/**
 * Distances from the middle of a side, in the order of `towards`: how far from the same middle each arc
 * comes from or goes to. One that goes straight on has the middle; the others stand beside it in the
 * order of what they lead to, so that they do not cross.
 */
function spread(towards: readonly number[], width: number): readonly number[] {
  if (towards.length === 1) return [0];
  const sorted = towards
    .map((toward, arc) => ({ toward, arc }))
    .sort((one, other) => one.toward - other.toward || one.arc - other.arc);
  const left = sorted.filter(({ toward }) => toward < -1).length;
  const straight = sorted.filter(({ toward }) => Math.abs(toward) <= 1).length;
  const middle = straight > 0 ? left + (straight - 1) / 2 : left - 0.5;
  const farthest = Math.max(middle, sorted.length - 1 - middle);
  const gap = Math.min(PORT_GAP, (width / 2 - CORNER) / farthest);
  const ports = new Array<number>(towards.length).fill(0);
  sorted.forEach(({ arc }, place) => {
    ports[arc] = (place - middle) * gap;
  });
  return ports;
}

/** Whether an end can move to `wanted`, which is near, and still meet its box. */
function isReached(
  { boxes, middles }: PlacedGraph,
  box: number,
  wanted: number,
  place: number,
): boolean {
  const reach = (boxes[box]?.width ?? 0) / 2 - CORNER;
  return Math.abs(wanted - place) < SLIGHT && Math.abs(wanted - (middles[box]?.x ?? 0)) <= reach;
}
