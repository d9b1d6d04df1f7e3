import { describe, expect, it } from '@jest/globals';
import { declaredNodes } from './compact-graph.ts';
import { compileGraph } from './compile-graph.ts';
import type { GraphNode } from './graph-node.ts';
import type { CycleProblem } from './graph-problem.ts';
import { SeededRandom } from './seeded-random.ts';
import { verifyGraph } from './verify-graph.ts';

function node(id: string, ...needs: string[]): GraphNode {
  return { id, needs };
}

describe('findCycles, through compileGraph', () => {
  it('reports one smallest cycle for each group of nodes that need each other', () => {
    const { problems } = compileGraph([
      node('far', 'a'),
      node('a', 'b'),
      node('b', 'c'),
      node('c', 'a', 'd'),
      node('d', 'c'),
      node('p', 'q', 'a'),
      node('q', 'p'),
    ]);
    expect(problems).toEqual([
      { kind: 'cycle', path: ['c', 'd', 'c'], group: ['a', 'b', 'c', 'd'] },
      { kind: 'cycle', path: ['p', 'q', 'p'], group: ['p', 'q'] },
    ]);
  });

  it('finds a closed, real and smallest cycle in each group, as brute force does', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const nodes = randomDigraph(seed);
      const { graph, problems } = compileGraph(nodes);
      verifyGraph(graph);
      const cycles = problems.filter(
        (problem): problem is CycleProblem => problem.kind === 'cycle',
      );
      expect(cycles).toHaveLength(problems.length);
      for (const { path, group } of cycles) {
        expect(path.at(-1)).toBe(path[0]);
        expect(new Set(path).size).toBe(path.length - 1);
        path.slice(1).forEach((need, index) => {
          expect(nodes.find(({ id }) => id === path[index])?.needs).toContain(need);
        });
        expect(path[0]).toBe(group.find((id) => path.includes(id)));
      }
      expect(cycles.map(({ path, group }) => ({ group, arcs: path.length - 1 }))).toEqual(
        groupsByBruteForce(nodes),
      );
    }
  });

  it('keeps only needs of earlier nodes within a group, and all others', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const nodes = randomDigraph(seed);
      const groupOf = new Map<string, number>();
      groupsByBruteForce(nodes).forEach(({ group }, index) => {
        for (const id of group) groupOf.set(id, index);
      });
      const position = new Map(nodes.map(({ id }, index) => [id, index]));
      const expected = nodes.map(({ id, needs }) => ({
        id,
        needs: needs.filter(
          (need) =>
            !groupOf.has(id) ||
            groupOf.get(id) !== groupOf.get(need) ||
            (position.get(need) ?? 0) < (position.get(id) ?? 0),
        ),
      }));
      expect(declaredNodes(compileGraph(nodes).graph)).toEqual(expected);
    }
  });

  it.each([
    ['a ring of 20,000', () => ring(20_000), 20_000],
    ['2,000 nodes that all need each other', () => complete(2000), 2],
    [
      '100 layers of 200 in a ring, which no full search finishes',
      () => layeredRing(100, 200),
      100,
    ],
    ['a ring of 20,000 with a short cut', () => withShortCut(ring(20_000)), 10_001],
  ])('finds the smallest cycle in %s without overflow', (_, generate, size) => {
    const { graph, problems } = compileGraph(generate());
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ kind: 'cycle' });
    expect((problems[0] as CycleProblem).path).toHaveLength(size + 1);
    verifyGraph(graph);
  });
});

function randomDigraph(seed: number): GraphNode[] {
  const random = new SeededRandom(seed);
  const ids = Array.from({ length: 1 + random.integer(12) }, (_, index) => `n${index}`);
  const density = random.next() * 0.3;
  return ids.map((id) => ({
    id,
    needs: ids.filter((other) => other !== id && random.next() < density),
  }));
}

/** Groups of nodes that reach each other and the size of the smallest cycle in each (Floyd-Warshall). */
function groupsByBruteForce(nodes: readonly GraphNode[]): { group: string[]; arcs: number }[] {
  const ids = nodes.map(({ id }) => id);
  const distance = new Map<string, number>();
  const between = (from: string, to: string): number =>
    distance.get(`${from} ${to}`) ?? Number.POSITIVE_INFINITY;
  for (const { id, needs } of nodes) for (const need of needs) distance.set(`${id} ${need}`, 1);
  for (const via of ids) {
    for (const from of ids) {
      for (const to of ids) {
        const length = between(from, via) + between(via, to);
        if (length < between(from, to)) distance.set(`${from} ${to}`, length);
      }
    }
  }
  const cyclic = ids.filter((id) => Number.isFinite(between(id, id)));
  const firsts = cyclic.filter(
    (id) => cyclic.find((other) => between(id, other) + between(other, id) < Infinity) === id,
  );
  return firsts.map((first) => {
    const group = cyclic.filter((id) => between(first, id) + between(id, first) < Infinity);
    return { group, arcs: Math.min(...group.map((id) => between(id, id))) };
  });
}

function ring(size: number): GraphNode[] {
  return Array.from({ length: size }, (_, index) => node(`r${index}`, `r${(index + 1) % size}`));
}

function withShortCut(nodes: readonly GraphNode[]): GraphNode[] {
  return nodes.map(({ id, needs }) => (id === 'r0' ? node(id, ...needs, 'r10000') : { id, needs }));
}

function complete(size: number): GraphNode[] {
  const ids = Array.from({ length: size }, (_, index) => `c${index}`);
  return ids.map((id) => ({ id, needs: ids.filter((other) => other !== id) }));
}

function layeredRing(layers: number, width: number): GraphNode[] {
  return Array.from({ length: layers * width }, (_, index) => {
    const next = (Math.floor(index / width) + 1) % layers;
    const places = new Set([index % width, (index + 1) % width, (index * 13 + 5) % width]);
    return node(`k${index}`, ...Array.from(places, (place) => `k${next * width + place}`));
  });
}
