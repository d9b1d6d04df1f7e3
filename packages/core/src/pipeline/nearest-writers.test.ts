import { describe, expect, it } from '@jest/globals';
import {
  Ancestry,
  type CompactGraph,
  compileGraph,
  generateChain,
  generateRandomDag,
  SeededRandom,
} from '../graph/index.ts';
import { NearestWriters } from './nearest-writers.ts';

/** Writers of which each precedes the next: a random way down the graph. */
function randomWriters(graph: CompactGraph, random: SeededRandom): number[] {
  const ancestry = new Ancestry(graph);
  const writers: number[] = [];
  for (const node of graph.order) {
    const last = writers.at(-1);
    const follows = last === undefined || ancestry.isAncestor(last, node);
    if (follows && random.next() < 0.4) writers.push(node);
  }
  return writers;
}

/** Told slowly: of the writers that are ancestors, the one that no other comes after. */
function slowly(
  graph: CompactGraph,
  writers: readonly number[],
  reader: number,
): number | undefined {
  const ancestry = new Ancestry(graph);
  return writers.findLast((writer) => ancestry.isAncestor(writer, reader));
}

describe('NearestWriters', () => {
  it('agrees with asking every writer, for few and for many readers', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = new SeededRandom(seed);
      const nodes = generateRandomDag({ nodes: 4 + random.integer(30), density: 0.12, seed });
      const { graph } = compileGraph(nodes);
      const nearest = new NearestWriters(graph);
      for (let key = 0; key < 4; key++) {
        const writers = randomWriters(graph, random);
        const share = random.next();
        const readers = [...graph.ids.keys()].filter(() => random.next() < share);
        const found = nearest.find(writers, readers);
        for (const reader of readers) {
          expect([seed, reader, found.get(reader)]).toEqual([
            seed,
            reader,
            slowly(graph, writers, reader),
          ]);
        }
      }
    }
  });

  it('finds a provider for every reader below one of two writers that nothing orders', () => {
    const { graph } = compileGraph([
      { id: 'a', needs: [] },
      { id: 'b', needs: [] },
      ...Array.from({ length: 20 }, (_, at) => ({ id: `m${at}`, needs: [at % 2 ? 'a' : 'b'] })),
      ...Array.from({ length: 20 }, (_, at) => ({ id: `r${at}`, needs: [`m${at}`] })),
    ]);
    const readers = [...graph.ids.keys()].filter((node) => graph.ids[node]?.startsWith('r'));
    const found = new NearestWriters(graph).find([0, 1], readers);
    expect(readers.map((reader) => found.get(reader))).toEqual(
      Array.from({ length: 20 }, (_, at) => (at % 2 ? 0 : 1)),
    );
  });

  it('answers nothing without writers or readers', () => {
    const { graph } = compileGraph(generateChain(3));
    const nearest = new NearestWriters(graph);
    expect(nearest.find([], [0, 1]).size).toBe(0);
    expect(nearest.find([0], []).size).toBe(0);
    expect(nearest.find([0], [0]).size).toBe(0);
  });

  it('looks only at the nodes between the writers of a key and its readers', () => {
    const length = 20_000;
    const { graph } = compileGraph(generateChain(length));
    let looks = 0;
    const counted = (offsets: Int32Array): Int32Array =>
      new Proxy(offsets, {
        get(target, name) {
          looks++;
          const found: unknown = Reflect.get(target, name, target);
          return found;
        },
      });
    const dependencyOffsets = counted(graph.dependencyOffsets);
    const dependantOffsets = counted(graph.dependantOffsets);
    const nearest = new NearestWriters({ ...graph, dependencyOffsets, dependantOffsets });
    // 2,000 keys, each with one writer and five readers a little way off.
    for (let first = 0; first + 10 <= length; first += 10) {
      const readers = [2, 3, 4, 5, 6].map((step) => first + step);
      expect(nearest.find([first], readers).get(first + 6)).toBe(first);
    }
    expect(looks).toBeLessThan(length * 4);
  });
});
