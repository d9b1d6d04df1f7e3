import { z } from '../base/schema.ts';
import { lexiconBalance } from './lexicon.ts';
import { termsOf, tokensOf } from './tokens.ts';

/** What a text is turned into numbers by. */
export const FeatureSpace = z
  .object({
    /** In the order of their features. */
    terms: z.array(z.string()).readonly(),
    /** Inverse document frequency of each term. */
    idf: z.array(z.number()).readonly(),
  })
  .readonly();
export type FeatureSpace = z.infer<typeof FeatureSpace>;

/** Features that are not 0: their places, and their values. */
export interface SparseRow {
  readonly places: readonly number[];
  readonly values: readonly number[];
}

/** Terms that occur in at least `minTexts` texts, with ln((1 + n) / (1 + df)) + 1; sorted, so that the order is always the same. */
export function learnFeatures(texts: readonly string[], minTexts = 2): FeatureSpace {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const term of new Set(termsOf(text))) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const kept = [...counts].filter(([, count]) => count >= minTexts);
  const sorted = kept.sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    terms: sorted.map(([term]) => term),
    idf: sorted.map(([, count]) => Math.log((1 + texts.length) / (1 + count)) + 1),
  };
}

/** How many features a row has: the terms, then the good and the bad words of the lexicon. */
export function featureCount({ terms }: FeatureSpace): number {
  return terms.length + 2;
}

/** Turns texts into rows: term counts times idf, of length 1, and the lexicon's balance squeezed to below 1. */
export class Featurizer {
  readonly #space: FeatureSpace;
  readonly #places: ReadonlyMap<string, number>;

  constructor(space: FeatureSpace) {
    this.#space = space;
    this.#places = new Map(space.terms.map((term, place) => [term, place]));
  }

  row(text: string): SparseRow {
    const weights = new Map<number, number>();
    for (const term of termsOf(text)) {
      const place = this.#places.get(term);
      if (place === undefined) continue;
      weights.set(place, (weights.get(place) ?? 0) + (this.#space.idf[place] ?? 0));
    }
    const length = Math.hypot(...weights.values());
    const { good, bad } = lexiconBalance(tokensOf(text));
    const count = this.#space.terms.length;
    return {
      places: [...weights.keys(), count, count + 1],
      values: [...[...weights.values()].map((one) => one / length), squeezed(good), squeezed(bad)],
    };
  }
}

const squeezed = (value: number): number => value / (value + 3);
