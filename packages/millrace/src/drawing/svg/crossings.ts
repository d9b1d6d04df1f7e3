/** For each node of a row, where its arcs end in the next row: places counted from 0. */
export type ArcEnds = readonly (readonly number[])[];

/** How many pairs of arcs between two rows cross each other. O(arcs log width). */
export function countCrossings(ends: ArcEnds, width: number): number {
  // A tree of sums over the places: how many arcs so far end at or before a place.
  const sums = new Int32Array(width + 1);
  let ended = 0;
  let crossings = 0;
  for (const places of ends) {
    for (const place of places) crossings += ended - upTo(sums, place);
    for (const place of places) add(sums, place);
    ended += places.length;
  }
  return crossings;
}

function upTo(sums: Int32Array, place: number): number {
  let total = 0;
  for (let at = place + 1; at > 0; at -= at & -at) total += sums[at] ?? 0;
  return total;
}

function add(sums: Int32Array, place: number): void {
  for (let at = place + 1; at < sums.length; at += at & -at) sums[at] = (sums[at] ?? 0) + 1;
}
