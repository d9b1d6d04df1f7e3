import { describe, expect, it } from '@jest/globals';
import { Ancestry } from './ancestry.ts';
import type { CompactGraph } from './compact-graph.ts';
import { compileGraph } from './compile-graph.ts';
import { generateDiamondLadder, generateLayered, generateRandomDag } from './generate.ts';
import { ancestorsMask, descendantsMask } from './reach-mask.ts';
import { SeededRandom } from './seeded-random.ts';

/** Row by row: whether the first node must come before the second (transitive closure by sweeps). */
function closure({ count, order, dependencyOffsets, dependencies }: CompactGraph): boolean[][] {
  const before = Array.from({ length: count }, () => new Array<boolean>(count).fill(false));
  for (const node of order) {
    for (const dependency of dependencies.subarray(
      dependencyOffsets[node],
      dependencyOffsets[node + 1],
    )) {
      for (const row of before) if (row[dependency]) row[node] = true;
      (before[dependency] ?? [])[node] = true;
    }
  }
  return before;
}

function randomGraph(seed: number): CompactGraph {
  const random = new SeededRandom(seed);
  const density = random.next() * 0.4;
  return compileGraph(generateRandomDag({ nodes: 1 + random.integer(25), density, seed })).graph;
}

describe('Ancestry', () => {
  it('agrees with the transitive closure on every pair of random graphs', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const graph = randomGraph(seed);
      const ancestry = new Ancestry(graph);
      const before = closure(graph);
      const answers = before.map((row, one) =>
        row.map((_, other) => ancestry.isAncestor(one, other)),
      );
      expect(answers).toEqual(before);
      const ordered = before.map((row, one) =>
        row.map((_, other) => ancestry.areOrdered(one, other)),
      );
      expect(ordered).toEqual(
        before.map((row, one) => row.map((is, other) => is || before[other]?.[one] === true)),
      );
    }
  });

  it('answers at once on a ladder with 2 ** 1000 ways through', () => {
    const { graph } = compileGraph(generateDiamondLadder(1000));
    const ancestry = new Ancestry(graph);
    expect(ancestry.isAncestor(0, graph.count - 1)).toBe(true);
    expect(ancestry.isAncestor(graph.count - 1, 0)).toBe(false);
    expect(ancestry.isAncestor(1, 2)).toBe(false);
    expect(ancestry.areOrdered(graph.count - 1, 0)).toBe(true);
  });

  it('says that a node does not come before itself', () => {
    const { graph } = compileGraph([{ id: 'a', needs: [] }]);
    expect(new Ancestry(graph).isAncestor(0, 0)).toBe(false);
    expect(new Ancestry(graph).areOrdered(0, 0)).toBe(false);
  });
});

describe('ancestorsMask and descendantsMask', () => {
  it('agree with the transitive closure for random sets of nodes', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const graph = randomGraph(seed);
      const before = closure(graph);
      const random = new SeededRandom(seed + 1000);
      const given = Array.from({ length: graph.count }, (_, node) => node).filter(
        () => random.next() < 0.2,
      );
      const nodes = before.map((_, node) => node);
      const above = nodes.map((node) => Number(given.some((one) => before[node]?.[one])));
      const below = nodes.map((node) => Number(given.some((one) => before[one]?.[node])));
      expect([...ancestorsMask(graph, given)]).toEqual(above);
      expect([...descendantsMask(graph, given)]).toEqual(below);
    }
  });

  it('mark a given node only when another given node leads to it', () => {
    const { graph } = compileGraph([
      { id: 'a', needs: [] },
      { id: 'b', needs: ['a'] },
      { id: 'c', needs: ['b'] },
    ]);
    expect([...descendantsMask(graph, [0])]).toEqual([0, 1, 1]);
    expect([...descendantsMask(graph, [0, 1])]).toEqual([0, 1, 1]);
    expect([...ancestorsMask(graph, new Set([2]))]).toEqual([1, 1, 0]);
    expect([...ancestorsMask(graph, [])]).toEqual([0, 0, 0]);
  });

  it('take a set of 200,000 nodes', () => {
    const { graph } = compileGraph(generateLayered({ layers: 200, width: 1000, seed: 3 }));
    const mask = ancestorsMask(graph, graph.order);
    expect(mask.subarray(-1000).every((mark) => mark === 0)).toBe(true);
  });
});
