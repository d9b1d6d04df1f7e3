import { describe, expect, it } from '@jest/globals';
import { dependantArcs, dependencyArcs } from '../graph/compact-graph.ts';
import { compileGraph, generateChain, generateDiamondLadder } from '../graph/index.ts';
import { withinReach } from './within-reach.ts';

describe('withinReach', () => {
  const { graph } = compileGraph([
    { id: 'a', needs: [] },
    { id: 'b', needs: ['a'] },
    { id: 'c', needs: ['b', 'a'] },
    { id: 'd', needs: ['c'] },
  ]);

  it('goes as far as it is told, the nearest first', () => {
    const below = dependantArcs(graph);
    expect(withinReach(below, [0], 0)).toEqual([0]);
    expect(withinReach(below, [0], 1)).toEqual([0, 1, 2]);
    expect(withinReach(below, [0], 2)).toEqual([0, 1, 2, 3]);
    expect(withinReach(below, [0])).toEqual([0, 1, 2, 3]);
    expect(withinReach(dependencyArcs(graph), [3], 1)).toEqual([3, 2]);
  });

  it('counts generations from the nearest of several nodes', () => {
    expect(withinReach(dependantArcs(graph), [2, 0], 1)).toEqual([2, 0, 3, 1]);
    expect(withinReach(dependantArcs(graph), [], 1)).toEqual([]);
  });

  it('walks a chain of 100,000 nodes, and a ladder with 2 ** 1000 ways', () => {
    const chain = compileGraph(generateChain(100_000)).graph;
    expect(withinReach(dependantArcs(chain), [0])).toHaveLength(100_000);
    expect(withinReach(dependencyArcs(chain), [99_999], 99_998)).toHaveLength(99_999);
    const ladder = compileGraph(generateDiamondLadder(1000)).graph;
    expect(withinReach(dependantArcs(ladder), [0])).toHaveLength(ladder.count);
  });
});
