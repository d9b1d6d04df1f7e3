import type { GraphNode } from './graph-node.ts';
import { SeededRandom } from './seeded-random.ts';

/** A node of a generated graph, with a made-up duration for schedulers and simulations. */
export interface GeneratedNode extends GraphNode {
  readonly durationMs: number;
}

const UNIT_MS = 1000;
const SLOWEST_RANDOM_MS = 2000;

/** n0 <- n1 <- ... : nothing can run in parallel. */
export function generateChain(length: number): GeneratedNode[] {
  return Array.from({ length }, (_, index) =>
    unit(`n${index}`, index === 0 ? [] : [`n${index - 1}`]),
  );
}

/** One source, `width` nodes that need it, one sink that needs them all. */
export function generateFan(width: number): GeneratedNode[] {
  const middle = Array.from({ length: width }, (_, index) => unit(`n${index}`, ['source']));
  const ids = middle.map(({ id }) => id);
  return [unit('source', []), ...middle, unit('sink', ids.length === 0 ? ['source'] : ids)];
}

/**
 * `rungs` diamonds, each standing on the last: 3 * rungs + 1 nodes with 2 ** rungs ways through, which
 * anything that walks paths instead of nodes never finishes.
 */
export function generateDiamondLadder(rungs: number): GeneratedNode[] {
  const nodes = [unit('top0', [])];
  for (let rung = 0; rung < rungs; rung++) {
    nodes.push(unit(`left${rung}`, [`top${rung}`]), unit(`right${rung}`, [`top${rung}`]));
    nodes.push(unit(`top${rung + 1}`, [`left${rung}`, `right${rung}`]));
  }
  return nodes;
}

/**
 * Pairs `f -> g`; `f0` is slow and `g0` quick, the others the reverse. Ends after slow + quick when each
 * node starts as soon as it can, after twice slow when the `g` wait for all `f`.
 */
export function generateTwoSpeed(
  pairs: number,
  { slowMs = 10_000, quickMs = 100 }: { readonly slowMs?: number; readonly quickMs?: number } = {},
): GeneratedNode[] {
  const firsts: GeneratedNode[] = [];
  const seconds: GeneratedNode[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const isSlowFirst = pair === 0;
    firsts.push({ id: `f${pair}`, needs: [], durationMs: isSlowFirst ? slowMs : quickMs });
    seconds.push({
      id: `g${pair}`,
      needs: [`f${pair}`],
      durationMs: isSlowFirst ? quickMs : slowMs,
    });
  }
  return [...firsts, ...seconds];
}

export interface LayeredOptions {
  readonly layers: number;
  /** Nodes in each layer. */
  readonly width: number;
  /** Each node past the first layer needs 1 to this many nodes of the layer before. Default 3. */
  readonly maxNeeds?: number;
  readonly seed: number;
}

/** Layers of equal width with random needs in the layer before, and random durations. */
export function generateLayered({
  layers,
  width,
  maxNeeds = 3,
  seed,
}: LayeredOptions): GeneratedNode[] {
  const random = new SeededRandom(seed);
  const nodes: GeneratedNode[] = [];
  for (let layer = 0; layer < layers; layer++) {
    for (let place = 0; place < width; place++) {
      const needs = layer === 0 ? new Set<number>() : pick(random, width, maxNeeds);
      nodes.push({
        id: `l${layer}n${place}`,
        needs: Array.from(needs, (other) => `l${layer - 1}n${other}`),
        durationMs: random.integer(SLOWEST_RANDOM_MS),
      });
    }
  }
  return nodes;
}

export interface RandomDagOptions {
  readonly nodes: number;
  /** How likely each node needs each one that precedes it in the hidden order, 0 to 1. */
  readonly density: number;
  readonly seed: number;
}

/**
 * A random acyclic graph, declared in random order: ids tell nothing about who needs whom. O(nodes ** 2);
 * for big graphs use {@link generateLayered}.
 */
export function generateRandomDag({ nodes, density, seed }: RandomDagOptions): GeneratedNode[] {
  const random = new SeededRandom(seed);
  const ids = random.shuffled(Array.from({ length: nodes }, (_, index) => `n${index}`));
  const declared = ids.map((id, position) => ({
    id,
    needs: random.shuffled(ids.slice(0, position).filter(() => random.next() < density)),
    durationMs: random.integer(SLOWEST_RANDOM_MS),
  }));
  return random.shuffled(declared);
}

function unit(id: string, needs: readonly string[]): GeneratedNode {
  return { id, needs, durationMs: UNIT_MS };
}

/** 1 to `most` different places below `width`. */
function pick(random: SeededRandom, width: number, most: number): Set<number> {
  const places = new Set<number>();
  const tries = 1 + random.integer(most);
  for (let attempt = 0; attempt < tries; attempt++) places.add(random.integer(width));
  return places;
}
