import { describe, expect, it } from '@jest/globals';
import {
  type CompactGraph,
  compileGraph,
  dependenciesOf,
  generateChain,
  generateRandomDag,
  SeededRandom,
} from '../graph/index.ts';
import { UndoOrder } from './undo-order.ts';

type Nodes = Parameters<typeof compileGraph>[0];

function compiled(nodes: Nodes): CompactGraph {
  return (compileGraph(nodes) as { readonly graph: CompactGraph }).graph;
}

function indices({ indexById }: CompactGraph, ...ids: string[]): Set<number> {
  return new Set(ids.map((id) => indexById.get(id) ?? -1));
}

function takeAll(order: UndoOrder): number[] {
  const taken: number[] = [];
  for (let next = order.takeReady(); next !== undefined; next = order.takeReady()) taken.push(next);
  return taken;
}

const diamond = compiled([
  { id: 'a', needs: [] },
  { id: 'b', needs: ['a'] },
  { id: 'c', needs: ['a'] },
  { id: 'd', needs: ['b', 'c'] },
]);

describe('the order of undos', () => {
  it('takes a stage only once all that rest on it are settled', () => {
    const order = new UndoOrder(diamond, indices(diamond, 'a', 'b', 'c', 'd'));
    const [a, b, c, d] = [0, 1, 2, 3];
    expect(takeAll(order)).toEqual([d]);
    order.settle(d);
    expect(new Set(takeAll(order))).toEqual(new Set([b, c]));
    order.settle(b);
    expect(takeAll(order)).toEqual([]);
    order.settle(c);
    expect(takeAll(order)).toEqual([a]);
    expect(order.left).toBe(1);
    order.settle(a);
    expect(order.left).toBe(0);
  });

  it('keeps to it by way of stages that cannot be undone', () => {
    const order = new UndoOrder(diamond, indices(diamond, 'a', 'd'));
    expect(takeAll(order)).toEqual([3]);
    order.settle(3);
    expect(takeAll(order)).toEqual([0]);
  });

  it('has nothing to take where nothing can be undone', () => {
    const order = new UndoOrder(diamond, new Set());
    expect([order.left, order.takeReady()]).toEqual([0, undefined]);
  });

  it('is that of any graph turned round, whichever stages can be undone', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const random = new SeededRandom(seed);
      const graph = compiled(generateRandomDag({ nodes: 40, density: 0.1, seed }));
      const targets = new Set(graph.ids.flatMap((_, at) => (random.next() < 0.6 ? [at] : [])));
      const order = new UndoOrder(graph, targets);
      const settled: number[] = [];
      for (let ready = takeAll(order); ready.length > 0; ready = takeAll(order)) {
        for (const stage of ready) {
          settled.push(stage);
          order.settle(stage);
        }
      }
      expect(new Set(settled)).toEqual(targets);
      expect(settled).toHaveLength(targets.size);
      const place = new Map(settled.map((stage, at) => [stage, at]));
      for (const stage of settled) {
        for (const other of dependenciesOf(graph, stage)) {
          if (targets.has(other)) expect(place.get(other)).toBeGreaterThan(place.get(stage) ?? 0);
        }
      }
    }
  });

  it('takes a chain of a hundred thousand stages', () => {
    const chain = compiled(generateChain(100_000));
    const order = new UndoOrder(chain, new Set([0]));
    expect(takeAll(order)).toEqual([0]);
  });
});
