import { describe, expect, it } from '@jest/globals';
import { compileGraph } from './compile-graph.ts';
import { generateChain, generateRandomDag } from './generate.ts';
import { ancestorsMask, descendantsMask } from './reach-mask.ts';
import { StageGraph } from './stage-graph.ts';

const diamond = [
  { id: 'join', needs: ['right', 'left'] },
  { id: 'start', needs: [] },
  { id: 'left', needs: ['start'] },
  { id: 'right', needs: ['start'] },
  { id: 'alone', needs: [] },
];

describe('StageGraph', () => {
  it('answers queries in the order of declaration, and needs in the order of the author', () => {
    const graph = StageGraph.fromNodes(diamond);
    expect(graph.size).toBe(5);
    expect(graph.stages()).toEqual(['join', 'start', 'left', 'right', 'alone']);
    expect(graph.has('left')).toBe(true);
    expect(graph.has('gone')).toBe(false);
    expect(graph.dependenciesOf('join')).toEqual(['right', 'left']);
    expect(graph.dependantsOf('start')).toEqual(['left', 'right']);
    expect(graph.ancestorsOf('join')).toEqual(['start', 'left', 'right']);
    expect(graph.descendantsOf('start')).toEqual(['join', 'left', 'right']);
    expect(graph.roots()).toEqual(['start', 'alone']);
    expect(graph.leaves()).toEqual(['join', 'alone']);
    expect(graph.topologicalOrder()).toEqual(['start', 'left', 'right', 'join', 'alone']);
    expect(graph.cycles()).toEqual([]);
    expect(graph.nodes()).toEqual(diamond);
  });

  it('is the same made from nodes and from a compact graph', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const nodes = generateRandomDag({ nodes: 20, density: 0.2, seed });
      const { graph: compact } = compileGraph(nodes);
      const graph = StageGraph.fromCompact(compact);
      expect(graph.nodes()).toEqual(StageGraph.fromNodes(nodes).nodes());
      compact.ids.forEach((id, index) => {
        const named = (mask: Uint8Array): string[] => compact.ids.filter((_, at) => mask[at] === 1);
        expect(graph.ancestorsOf(id)).toEqual(named(ancestorsMask(compact, [index])));
        expect(graph.descendantsOf(id)).toEqual(named(descendantsMask(compact, [index])));
      });
    }
  });

  it('cuts out stages with the dependencies among them and leaves the whole as it was', () => {
    const graph = StageGraph.fromNodes(diamond);
    const part = graph.subgraph(new Set(['alone', 'start', 'join', 'left']));
    expect(part.nodes()).toEqual([
      { id: 'join', needs: ['left'] },
      { id: 'start', needs: [] },
      { id: 'left', needs: ['start'] },
      { id: 'alone', needs: [] },
    ]);
    expect(graph.nodes()).toEqual(diamond);
    expect(graph.subgraph([]).stages()).toEqual([]);
  });

  it('does not change when a caller changes a list it was given or gave', () => {
    const needs = ['start'];
    const graph = StageGraph.fromNodes([
      { id: 'start', needs: [] },
      { id: 'end', needs },
    ]);
    needs.push('end');
    for (const list of [graph.stages(), graph.topologicalOrder(), graph.dependenciesOf('end')]) {
      list.pop();
    }
    expect(graph.stages()).toEqual(['start', 'end']);
    expect(graph.topologicalOrder()).toEqual(['start', 'end']);
    expect(graph.dependenciesOf('end')).toEqual(['start']);
  });

  it('keeps cycles for drawing, shows them, and refuses an order', () => {
    const graph = StageGraph.fromNodes([
      { id: 'a', needs: ['b'] },
      { id: 'b', needs: ['a'] },
      { id: 'c', needs: ['b'] },
    ]);
    expect(graph.cycles()).toEqual([['a', 'b', 'a']]);
    expect(graph.dependenciesOf('a')).toEqual(['b']);
    expect(graph.ancestorsOf('c')).toEqual(['a', 'b']);
    expect(graph.ancestorsOf('a')).toEqual(['a', 'b']);
    expect(() => graph.topologicalOrder()).toThrow(
      expect.objectContaining({
        code: 'GRAPH_CYCLIC',
        message: 'stages need each other: "a" -> "b" -> "a"',
      }),
    );
    expect(graph.subgraph(['b', 'c']).topologicalOrder()).toEqual(['b', 'c']);
  });

  it('leaves other problems out and tells them', () => {
    const graph = StageGraph.fromNodes([
      { id: 'a', needs: ['gone', 'a'] },
      { id: 'b', needs: ['a', 'a'] },
      { id: 'a', needs: ['b'] },
    ]);
    expect(graph.problems.map(({ kind }) => kind)).toEqual([
      'duplicate',
      'unknown-dependency',
      'self-dependency',
      'repeated-dependency',
    ]);
    expect(graph.nodes()).toEqual([
      { id: 'a', needs: [] },
      { id: 'b', needs: ['a'] },
    ]);
  });

  it('throws STAGE_UNKNOWN with the nearest id from every query', () => {
    const graph = StageGraph.fromNodes(diamond);
    const queries = [
      () => graph.dependenciesOf('startt'),
      () => graph.dependantsOf('startt'),
      () => graph.ancestorsOf('startt'),
      () => graph.descendantsOf('startt'),
      () => graph.subgraph(['left', 'startt']),
    ];
    for (const query of queries) {
      expect(query).toThrow(
        expect.objectContaining({
          code: 'STAGE_UNKNOWN',
          message: 'there is no stage "startt"',
          help: 'did you mean "start"?',
          details: { stage: 'startt', nearest: 'start' },
        }),
      );
    }
    expect(() => graph.dependenciesOf('nothing like it')).toThrow(
      expect.objectContaining({ help: undefined, details: { stage: 'nothing like it' } }),
    );
  });

  it('takes names of object members, numbers and control characters as ordinary ids', () => {
    const nodes = [
      { id: '10', needs: [] },
      { id: '2', needs: ['10'] },
      { id: '__proto__', needs: ['2', '10'] },
      { id: 'constructor', needs: ['__proto__'] },
      { id: 'toString', needs: ['constructor', '__proto__'] },
      { id: 'a', needs: [] },
      { id: 'a\u0001:b', needs: [] },
      { id: 'b\u0001:c', needs: ['a'] },
      { id: 'c', needs: ['a\u0001:b'] },
    ];
    const graph = StageGraph.fromNodes(nodes);
    expect(graph.nodes()).toEqual(nodes);
    expect(graph.ancestorsOf('toString')).toEqual(['10', '2', '__proto__', 'constructor']);
    expect(graph.has('valueOf')).toBe(false);
    expect(() => graph.dependantsOf('hasOwnProperty')).toThrow('hasOwnProperty');
  });

  it('walks a chain of 20,000 stages without overflow', () => {
    const graph = StageGraph.fromNodes(generateChain(20_000));
    expect(graph.ancestorsOf('n19999')).toHaveLength(19_999);
    expect(graph.descendantsOf('n0')).toHaveLength(19_999);
    expect(graph.topologicalOrder().at(-1)).toBe('n19999');
  });
});
