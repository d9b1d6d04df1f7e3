import type { Point, Size } from './point.ts';

export type Arc = readonly [from: number, to: number];

/** Boxes that have their places, in rows from top to bottom, and arcs without ends. */
export interface PlacedGraph {
  readonly boxes: readonly Size[];
  readonly middles: readonly Point[];
  /** The row of each box, counted from 0. */
  readonly rows: Int32Array;
  readonly arcs: readonly Arc[];
  /** For each arc, where it passes the rows between its ends. */
  readonly passes: readonly (readonly Point[])[];
}
