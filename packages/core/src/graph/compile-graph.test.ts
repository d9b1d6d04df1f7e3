import { describe, expect, it } from '@jest/globals';
import { declaredNodes } from './compact-graph.ts';
import { compileGraph } from './compile-graph.ts';
import { generateChain, generateFan, generateLayered, generateRandomDag } from './generate.ts';
import type { GraphNode } from './graph-node.ts';
import { SeededRandom } from './seeded-random.ts';
import { verifyGraph } from './verify-graph.ts';

function node(id: string, ...needs: string[]): GraphNode {
  return { id, needs };
}

function orderOf(nodes: readonly GraphNode[]): (string | undefined)[] {
  const { graph } = compileGraph(nodes);
  return Array.from(graph.order, (index) => graph.ids[index]);
}

describe('compileGraph on sound graphs', () => {
  it('compiles no nodes', () => {
    const { graph, problems } = compileGraph([]);
    expect(problems).toEqual([]);
    expect(graph.count).toBe(0);
    verifyGraph(graph);
  });

  it('keeps the declared order of ids and needs, and lists dependants by declaration', () => {
    const nodes = [node('d', 'c', 'a', 'b'), node('c', 'a'), node('b', 'a'), node('a')];
    const { graph, problems } = compileGraph(nodes);
    expect(problems).toEqual([]);
    expect(graph.ids).toEqual(['d', 'c', 'b', 'a']);
    expect([...graph.dependencyOffsets]).toEqual([0, 3, 4, 5, 5]);
    expect([...graph.dependencies]).toEqual([1, 3, 2, 3, 3]);
    expect([...graph.dependantOffsets]).toEqual([0, 0, 1, 2, 5]);
    expect([...graph.dependants]).toEqual([0, 0, 0, 1, 2]);
    expect([...graph.order]).toEqual([3, 1, 2, 0]);
    expect([...graph.rank]).toEqual([3, 1, 2, 0]);
    expect(declaredNodes(graph)).toEqual(nodes);
  });

  it('orders by declaration among the ready nodes, also those declared before what they need', () => {
    expect(orderOf([node('a', 'z'), node('b'), node('z'), node('c', 'b'), node('d')])).toEqual([
      'b',
      'z',
      'a',
      'c',
      'd',
    ]);
  });

  it('always places the ready node that was declared first, whatever the graph', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const nodes = generateRandomDag({ nodes: 1 + (seed % 30), density: 0.15, seed });
      const placed = new Set<string>();
      const expected: string[] = [];
      while (expected.length < nodes.length) {
        const ready = nodes.find(
          ({ id, needs }) => !placed.has(id) && needs.every((need) => placed.has(need)),
        );
        expected.push(ready?.id ?? 'none is ready');
        placed.add(expected.at(-1) ?? '');
      }
      expect(orderOf(nodes)).toEqual(expected);
    }
  });

  it('keeps every promise of a compact graph on random graphs of all densities', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = new SeededRandom(seed);
      const nodes = generateRandomDag({ nodes: random.integer(40), density: random.next(), seed });
      const { graph, problems } = compileGraph(nodes);
      expect(problems).toEqual([]);
      verifyGraph(graph);
      expect(declaredNodes(graph)).toEqual(nodes.map(({ id, needs }) => ({ id, needs })));
    }
  });

  it('finds the same graph however the nodes and needs are arranged', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const nodes = generateLayered({ layers: 5, width: 6, seed });
      const random = new SeededRandom(seed);
      const arranged = random.shuffled(nodes).map(({ id, needs }) => ({
        id,
        needs: random.shuffled(needs),
      }));
      const { graph, problems } = compileGraph(arranged);
      expect(problems).toEqual([]);
      verifyGraph(graph);
      const edges = (list: readonly GraphNode[]): string[] =>
        list.flatMap(({ id, needs }) => needs.map((need) => `${need} ${id}`)).sort();
      expect(edges(declaredNodes(graph))).toEqual(edges(nodes));
    }
  });

  it.each([
    ['a chain', () => generateChain(100_000)],
    ['a chain declared backwards', () => generateChain(100_000).reverse()],
    ['a fan', () => generateFan(100_000)],
  ])('compiles %s of 100,000 nodes', (_, generate) => {
    const { graph, problems } = compileGraph(generate());
    expect(problems).toEqual([]);
    verifyGraph(graph);
  });

  it('takes names of object members, unicode, spaces, numbers and the empty string as ordinary ids', () => {
    const ids = [
      'constructor',
      '__proto__',
      'toString',
      'hasOwnProperty',
      '数据 🚀',
      ' a b ',
      '1',
      '0',
    ];
    const nodes = [...ids, ''].map((id, index) => node(id, ...ids.slice(0, index)));
    const { graph, problems } = compileGraph(nodes);
    expect(problems).toEqual([]);
    verifyGraph(graph);
    expect(declaredNodes(graph)).toEqual(nodes);
    expect(compileGraph([node('a', '__proto__')]).problems).toMatchObject([
      { kind: 'unknown-dependency', dependency: '__proto__' },
    ]);
  });
});

describe('compileGraph on faulty graphs', () => {
  it('reports every problem at once and returns the graph without them', () => {
    const nodes = [
      node('ingest'),
      node('score', 'ingset', 'ingest', 'score', 'ingest'),
      node('ingest', 'score', 'nowhere'),
      node('x', 'y'),
      node('y', 'x', 'score'),
    ];
    const { graph, problems } = compileGraph(nodes);
    expect(problems).toEqual([
      { kind: 'duplicate', id: 'ingest', firstIndex: 0, index: 2 },
      {
        kind: 'unknown-dependency',
        id: 'score',
        nodeIndex: 1,
        dependency: 'ingset',
        needIndex: 0,
        nearest: 'ingest',
      },
      { kind: 'self-dependency', id: 'score', nodeIndex: 1, needIndex: 2 },
      {
        kind: 'repeated-dependency',
        id: 'score',
        nodeIndex: 1,
        dependency: 'ingest',
        firstNeedIndex: 1,
        needIndex: 3,
      },
      {
        kind: 'unknown-dependency',
        id: 'ingest',
        nodeIndex: 2,
        dependency: 'nowhere',
        needIndex: 1,
        nearest: undefined,
      },
      { kind: 'cycle', path: ['x', 'y', 'x'], group: ['x', 'y'] },
    ]);
    verifyGraph(graph);
    expect(declaredNodes(graph)).toEqual([
      node('ingest'),
      node('score', 'ingest'),
      node('x'),
      node('y', 'x', 'score'),
    ]);
  });

  it('counts the first of several duplicates, and names it for each', () => {
    const { graph, problems } = compileGraph([node('b'), node('a'), node('a', 'b'), node('a')]);
    expect(problems).toEqual([
      { kind: 'duplicate', id: 'a', firstIndex: 1, index: 2 },
      { kind: 'duplicate', id: 'a', firstIndex: 1, index: 3 },
    ]);
    expect(graph.dependencies).toHaveLength(0);
  });

  it('never suggests the node itself for an unknown dependency', () => {
    const { problems } = compileGraph([node('load2', 'load1'), node('load', 'load22'), node('x')]);
    expect(problems).toMatchObject([{ nearest: 'load' }, { nearest: 'load2' }]);
  });

  it('stays quick when thousands of dependencies are unknown', () => {
    const nodes = generateChain(20_000).map(({ id }, index) => node(id, `gone${index}`));
    const { problems } = compileGraph(nodes);
    expect(problems).toHaveLength(20_000);
  });
});
