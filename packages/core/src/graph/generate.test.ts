import { describe, expect, it } from '@jest/globals';
import { compileGraph } from './compile-graph.ts';
import {
  type GeneratedNode,
  generateChain,
  generateDiamondLadder,
  generateFan,
  generateLayered,
  generateRandomDag,
  generateTwoSpeed,
} from './generate.ts';
import { remainingPath } from './remaining-path.ts';
import { SeededRandom } from './seeded-random.ts';

function shape(nodes: readonly GeneratedNode[]): { nodes: number; edges: number; depth: number } {
  const { graph, problems } = compileGraph(nodes);
  expect(problems).toEqual([]);
  const depth = Math.max(0, ...remainingPath(graph));
  return { nodes: graph.count, edges: graph.dependencies.length, depth };
}

describe('graph generators', () => {
  it('make the shapes they promise', () => {
    expect(shape(generateChain(5))).toEqual({ nodes: 5, edges: 4, depth: 5 });
    expect(shape(generateFan(7))).toEqual({ nodes: 9, edges: 14, depth: 3 });
    expect(shape(generateDiamondLadder(4))).toEqual({ nodes: 13, edges: 16, depth: 9 });
    expect(shape(generateTwoSpeed(20))).toEqual({ nodes: 40, edges: 20, depth: 2 });
    expect(shape(generateLayered({ layers: 6, width: 10, seed: 1 }))).toMatchObject({
      nodes: 60,
      depth: 6,
    });
    expect(shape(generateRandomDag({ nodes: 10, density: 1, seed: 1 }))).toEqual({
      nodes: 10,
      edges: 45,
      depth: 10,
    });
  });

  it('make the smallest sizes too', () => {
    expect(generateChain(0)).toEqual([]);
    expect(shape(generateFan(0))).toEqual({ nodes: 2, edges: 1, depth: 2 });
    expect(shape(generateDiamondLadder(0))).toEqual({ nodes: 1, edges: 0, depth: 1 });
    expect(generateTwoSpeed(0)).toEqual([]);
    expect(generateRandomDag({ nodes: 0, density: 1, seed: 1 })).toEqual([]);
  });

  it('make one slow first stage and slow second stages for two speeds', () => {
    const nodes = generateTwoSpeed(3, { slowMs: 50, quickMs: 1 });
    expect(nodes.map(({ durationMs }) => durationMs)).toEqual([50, 1, 1, 1, 50, 50]);
  });

  it('make the same graph from the same seed and another from another', () => {
    const make = (seed: number): GeneratedNode[] =>
      generateRandomDag({ nodes: 20, density: 0.2, seed });
    expect(make(7)).toEqual(make(7));
    expect(make(7)).not.toEqual(make(8));
    const layered = (seed: number): GeneratedNode[] =>
      generateLayered({ layers: 3, width: 9, seed });
    expect(layered(7)).toEqual(layered(7));
    expect(layered(7)).not.toEqual(layered(8));
  });
});

describe('SeededRandom', () => {
  it('gives the same numbers on every machine', () => {
    const random = new SeededRandom(42);
    const numbers = [random.next(), random.next(), random.next()];
    expect(numbers.map((number) => number.toFixed(6))).toEqual([
      '0.601104',
      '0.448291',
      '0.852466',
    ]);
  });

  it('spreads whole numbers evenly below the limit', () => {
    const random = new SeededRandom(1);
    const counts = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 10_000; draw++) {
      const number = random.integer(10);
      counts[number] = (counts[number] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(900);
    expect(Math.max(...counts)).toBeLessThan(1100);
  });

  it('shuffles a copy', () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const shuffled = new SeededRandom(3).shuffled(items);
    expect(shuffled).not.toEqual(items);
    expect(shuffled.sort((left, right) => left - right)).toEqual(items);
  });
});
