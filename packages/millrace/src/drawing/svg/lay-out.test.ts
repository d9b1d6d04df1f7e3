import { describe, expect, test } from '@jest/globals';
import {
  type GraphNode,
  generateChain,
  generateFan,
  generateLayered,
  generateRandomDag,
  SeededRandom,
} from '@millrace/core';
import { type Layout, layOut, MAX_PLACES } from './lay-out.ts';
import type { Size } from './point.ts';

function sizesOf(nodes: readonly GraphNode[], seed = 1): Size[] {
  const random = new SeededRandom(seed);
  return nodes.map(() => ({ width: 60 + random.integer(140), height: 30 + random.integer(40) }));
}

interface Laid {
  readonly nodes: readonly GraphNode[];
  readonly sizes: readonly Size[];
  readonly layout: Layout;
}

function laid(nodes: readonly GraphNode[]): Laid {
  const sizes = sizesOf(nodes);
  return { nodes, sizes, layout: layOut(nodes, sizes) };
}

/** Pairs of boxes that lie over each other. */
function overlaps({ sizes, layout: { middles } }: Laid): number {
  return middles.reduce((total, one, at) => {
    const own = sizes[at] ?? { width: 0, height: 0 };
    const over = middles.slice(at + 1).filter((other, offset) => {
      const size = sizes[at + 1 + offset] ?? { width: 0, height: 0 };
      return (
        Math.abs(one.x - other.x) < (own.width + size.width) / 2 &&
        Math.abs(one.y - other.y) < (own.height + size.height) / 2
      );
    });
    return total + over.length;
  }, 0);
}

const GRAPHS: readonly (readonly [string, readonly GraphNode[]])[] = [
  ['one stage', generateChain(1)],
  ['a chain', generateChain(20)],
  ['a fan', generateFan(15)],
  ['stages without dependencies', generateChain(10).map(({ id }) => ({ id, needs: [] }))],
  ['layers', generateLayered({ layers: 8, width: 6, seed: 2 })],
  ['random', generateRandomDag({ nodes: 40, density: 0.08, seed: 5 })],
  [
    'names of properties',
    ['constructor', '__proto__', 'toString'].map((id, at, all) => ({
      id,
      needs: all.slice(0, at),
    })),
  ],
];

describe.each(GRAPHS)('%s', (_, nodes) => {
  test('has no box over another one, and everything inside its frame', () => {
    const drawn = laid(nodes);
    const { layout, sizes } = drawn;
    expect(overlaps(drawn)).toBe(0);
    const lefts = layout.middles.map(({ x }, at) => x - (sizes[at]?.width ?? 0) / 2);
    const rights = layout.middles.map(({ x }, at) => x + (sizes[at]?.width ?? 0) / 2);
    const bends = layout.routes.flat();
    expect(Math.min(...lefts, ...bends.map(({ x }) => x))).toBeGreaterThanOrEqual(-0.01);
    expect(Math.max(...rights, ...bends.map(({ x }) => x))).toBeLessThanOrEqual(
      layout.width + 0.01,
    );
    const bottoms = layout.middles.map(({ y }, at) => y + (sizes[at]?.height ?? 0) / 2);
    expect(Math.max(...bottoms)).toBeCloseTo(layout.height);
  });

  test('has an arrow for each dependency, from the foot of one box down to the head of the other', () => {
    const { layout, sizes } = laid(nodes);
    const numbers = new Map(nodes.map(({ id }, at) => [id, at]));
    const ends = nodes.flatMap(({ needs }, to) =>
      needs.map((need) => [numbers.get(need) ?? -1, to] as const),
    );
    expect(layout.routes).toHaveLength(ends.length);
    layout.routes.forEach((route, at) => {
      const [from = -1, to = -1] = ends[at] ?? [];
      const source = layout.middles[from] ?? { x: 0, y: 0 };
      const target = layout.middles[to] ?? { x: 0, y: 0 };
      expect(route.at(0)?.top).toBeCloseTo(source.y + (sizes[from]?.height ?? 0) / 2);
      expect(route.at(-1)?.bottom).toBeCloseTo(target.y - (sizes[to]?.height ?? 0) / 2);
      expect(Math.abs((route.at(0)?.x ?? 0) - source.x)).toBeLessThan(
        (sizes[from]?.width ?? 0) / 2,
      );
      expect(Math.abs((route.at(-1)?.x ?? 0) - target.x)).toBeLessThan((sizes[to]?.width ?? 0) / 2);
      const heights = route.flatMap(({ top, bottom }) => [top, bottom]).map(Math.round);
      expect(heights).toEqual(heights.toSorted((one, other) => one - other));
    });
  });

  test('is laid out the same each time', () => {
    expect(laid(nodes).layout).toEqual(laid(nodes).layout);
  });
});

test('arrows that pass a row go between its boxes', () => {
  const { layout, sizes } = laid(generateRandomDag({ nodes: 40, density: 0.08, seed: 5 }));
  const inside = layout.routes.flatMap((route) =>
    route
      .slice(1, -1)
      .filter(({ x, top, bottom }) =>
        layout.middles.some(
          (middle, at) =>
            middle.y > top &&
            middle.y < bottom &&
            Math.abs(middle.x - x) < (sizes[at]?.width ?? 0) / 2,
        ),
      ),
  );
  expect(inside).toEqual([]);
});

test('a chain is one straight line', () => {
  const { layout } = laid(generateChain(30));
  expect(new Set(layout.routes.flat().map(({ x }) => Math.round(x))).size).toBe(1);
});

test('a chain of 3,000 stages is laid out', () => {
  const { layout } = laid(generateChain(3000));
  expect(layout.routes).toHaveLength(2999);
});

test('an empty graph takes no room', () => {
  expect(layOut([], [])).toEqual({ width: 0, height: 0, middles: [], routes: [] });
});

test('a graph that would take too long is refused with its size and what to do', () => {
  const nodes = generateRandomDag({ nodes: 200, density: 0.3, seed: 1 });
  expect(() => layOut(nodes, sizesOf(nodes))).toThrow(
    expect.objectContaining({
      code: 'DRAWING_TOO_LARGE',
      message: expect.stringMatching(/200 stages and 5,949 dependencies need \d+,\d+ places/),
      help: expect.stringContaining('--format dot'),
      details: expect.objectContaining({ stages: 200, maxPlaces: MAX_PLACES }),
    }),
  );
});
