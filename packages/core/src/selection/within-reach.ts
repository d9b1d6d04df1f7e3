import { type Adjacency, at } from '../graph/adjacency.ts';

/**
 * The given nodes and those at most `generations` arcs away from one of them, each once, the nearest
 * first. O(nodes + arcs).
 * @param nodes each once
 */
export function withinReach(
  { count, offsets, targets }: Adjacency,
  nodes: readonly number[],
  generations = Number.POSITIVE_INFINITY,
): readonly number[] {
  const found = [...nodes];
  const isFound = new Uint8Array(count);
  for (const node of nodes) isFound[node] = 1;
  let next = 0;
  for (let generation = 0; generation < generations && next < found.length; generation++) {
    const end = found.length;
    for (; next < end; next++) {
      const node = found[next] as number;
      for (let arc = at(offsets, node); arc < at(offsets, node + 1); arc++) {
        const target = at(targets, arc);
        if (isFound[target] === 1) continue;
        isFound[target] = 1;
        found.push(target);
      }
    }
  }
  return found;
}
