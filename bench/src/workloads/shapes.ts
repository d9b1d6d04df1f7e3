import { SeededNumbers } from './seeded-numbers.ts';

/** A stage as every engine is given it. */
export interface PlainNode {
  readonly id: string;
  /** Ids of stages that are declared before. */
  readonly needs: readonly string[];
}

export function chain(length: number): PlainNode[] {
  return Array.from({ length }, (_, place) => ({
    id: `n${place}`,
    needs: place === 0 ? [] : [`n${place - 1}`],
  }));
}

/** One source, `width` stages that need it, one sink that needs them all. */
export function fan(width: number): PlainNode[] {
  const middle = Array.from({ length: width }, (_, place) => ({
    id: `n${place}`,
    needs: ['source'],
  }));
  return [
    { id: 'source', needs: [] },
    ...middle,
    { id: 'sink', needs: middle.map(({ id }) => id) },
  ];
}

/** Dependencies of each stage past the first layer. */
const NEEDS = 3;
const SEED = 20_260_101;

/** Layers of equal width; a stage needs three different ones of the layer before. */
export function layered(layers: number, width: number): PlainNode[] {
  const numbers = new SeededNumbers(SEED);
  const nodes: PlainNode[] = [];
  for (let layer = 0; layer < layers; layer++) {
    for (let place = 0; place < width; place++) {
      const above = new Set<number>();
      while (layer > 0 && above.size < NEEDS) above.add(numbers.below(width));
      nodes.push({
        id: `l${layer}n${place}`,
        needs: Array.from(above, (other) => `l${layer - 1}n${other}`),
      });
    }
  }
  return nodes;
}

/** Characters of one text; one byte each on disk. */
const TEXT_LENGTH = 10_240;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz      ';

/** What each stage of a growing state adds to it. */
export function growingTexts(count: number): string[] {
  const numbers = new SeededNumbers(SEED);
  const letter = (): string => LETTERS[numbers.below(LETTERS.length)] ?? ' ';
  return Array.from({ length: count }, () => Array.from({ length: TEXT_LENGTH }, letter).join(''));
}
