/**
 * Arcs between nodes 0 .. count - 1 in compressed rows: those of node v lead to
 * `targets[offsets[v]]` up to, not including, `targets[offsets[v + 1]]`.
 */
export interface Adjacency {
  readonly count: number;
  /** count + 1 entries. */
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
}

/** An element that is known to exist; outside the array the result would be undefined. */
export function at(values: Int32Array, index: number): number {
  return values[index] as number;
}

/** The same arcs seen from their other end, each row ascending. O(nodes + arcs). */
export function transpose({ count, offsets, targets }: Adjacency): Adjacency {
  const reversed = new Int32Array(count + 1);
  for (const target of targets) reversed[target + 1] = at(reversed, target + 1) + 1;
  for (let node = 0; node < count; node++) {
    reversed[node + 1] = at(reversed, node + 1) + at(reversed, node);
  }
  const next = reversed.slice(0, count);
  const sources = new Int32Array(targets.length);
  for (let node = 0; node < count; node++) {
    for (let arc = at(offsets, node); arc < at(offsets, node + 1); arc++) {
      const target = at(targets, arc);
      const slot = at(next, target);
      sources[slot] = node;
      next[target] = slot + 1;
    }
  }
  return { count, offsets: reversed, targets: sources };
}

/** The arcs that `keep` accepts, in their old order. O(nodes + arcs). */
export function keepArcs(
  { count, offsets, targets }: Adjacency,
  keep: (from: number, to: number) => boolean,
): Adjacency {
  const keptOffsets = new Int32Array(count + 1);
  const kept = new Int32Array(targets.length);
  let total = 0;
  for (let node = 0; node < count; node++) {
    for (let arc = at(offsets, node); arc < at(offsets, node + 1); arc++) {
      const target = at(targets, arc);
      if (keep(node, target)) kept[total++] = target;
    }
    keptOffsets[node + 1] = total;
  }
  return { count, offsets: keptOffsets, targets: kept.slice(0, total) };
}
