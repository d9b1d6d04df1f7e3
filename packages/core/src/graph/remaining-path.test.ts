import { describe, expect, it } from '@jest/globals';
import type { CompactGraph } from './compact-graph.ts';
import { compileGraph } from './compile-graph.ts';
import { generateChain, generateRandomDag, generateTwoSpeed } from './generate.ts';
import { remainingPath } from './remaining-path.ts';

describe('remainingPath', () => {
  it('counts the nodes of the longest way to the end when there are no weights', () => {
    const { graph } = compileGraph([
      { id: 'a', needs: [] },
      { id: 'b', needs: ['a'] },
      { id: 'c', needs: ['b'] },
      { id: 'd', needs: ['a', 'c'] },
      { id: 'alone', needs: [] },
    ]);
    expect([...remainingPath(graph)]).toEqual([4, 3, 2, 1, 1]);
  });

  it('adds weights along the heaviest way, not the one with most nodes', () => {
    const nodes = generateTwoSpeed(3, { slowMs: 10, quickMs: 1 });
    const weights = Float64Array.from(nodes, ({ durationMs }) => durationMs);
    expect([...remainingPath(compileGraph(nodes).graph, weights)]).toEqual([11, 11, 11, 1, 10, 10]);
  });

  it('is for each node its weight plus the most of its dependants, on random graphs', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const nodes = generateRandomDag({ nodes: 18, density: 0.15, seed });
      const { graph } = compileGraph(nodes);
      const weights = Float64Array.from(nodes, ({ durationMs }) => durationMs);
      const expected = graph.ids.map((_, node) => heaviestWay(graph, weights, node));
      expect([...remainingPath(graph, weights)]).toEqual(expected);
    }
  });

  it('does not overflow on a chain of 100,000 nodes, and takes an empty graph', () => {
    expect(remainingPath(compileGraph(generateChain(100_000)).graph)[0]).toBe(100_000);
    expect(remainingPath(compileGraph([]).graph)).toHaveLength(0);
  });
});

/** Walks every way. */
function heaviestWay(graph: CompactGraph, weights: Float64Array, node: number): number {
  const dependants = graph.dependants.subarray(
    graph.dependantOffsets[node],
    graph.dependantOffsets[node + 1],
  );
  const ways = Array.from(dependants, (dependant) => heaviestWay(graph, weights, dependant));
  return (weights[node] ?? 0) + Math.max(0, ...ways);
}
