import { compareKey, valueIfPresent } from './compare-objects.ts';
import { type Compare, type Gap, gapWithin, nearGap } from './gap.ts';
import { type Member, membersOf } from './members-of.ts';
import { type ObjectShape, type Property, type Shape, unionOf } from './shape.ts';
import { propertyVariants } from './shape-variants.ts';

/** More parts of the provider's values are not looked at: the consumer is taken to know them all. */
const MOST_PARTS = 256;

/** By key, the cases in which its values come; undefined: too many. */
type Cases = ReadonlyMap<string, readonly Property[] | undefined>;

/**
 * Compares an object with alternatives of which none takes all its values. It is cut, key by key, until
 * each part has an alternative that takes it, or one is left with none.
 */
export class AlternativeChoice {
  readonly #provided: ObjectShape;
  readonly #expected: Shape;
  readonly #compare: Compare;
  readonly #cases: Cases;
  #parts = 0;

  constructor(provided: ObjectShape, expected: Shape, compare: Compare) {
    this.#provided = provided;
    this.#expected = expected;
    this.#compare = compare;
    this.#cases = new Map(
      Array.from(provided.properties, ([key, own]) => [key, propertyVariants(own, MOST_PARTS)]),
    );
  }

  /** @param alternatives those of the expected ones that are objects */
  compareWith(alternatives: readonly Member[]): Gap | undefined {
    return (
      this.#compareFlatKeys(alternatives) ??
      this.#comparePart(this.#provided, alternatives, new Set())
    );
  }

  /** The likeliest reason is a key that tells the alternatives apart and has a value that none of them has. */
  #compareFlatKeys(alternatives: readonly Member[]): Gap | undefined {
    for (const key of keysOf(alternatives)) {
      const wanted = alternatives.flatMap((alternative) => flatShapeAt(alternative, key) ?? []);
      if (wanted.length < alternatives.length) continue;
      const given = this.#provided.properties.get(key);
      const gap =
        given === undefined
          ? this.#missingGap(alternatives, key)
          : this.#compare(valueIfPresent(given), unionOf(wanted));
      if (gap !== undefined) return gapWithin(key, gap);
    }
    return undefined;
  }

  /** @param cut keys of which the part has one case */
  #comparePart(
    part: ObjectShape,
    alternatives: readonly Member[],
    cut: ReadonlySet<string>,
  ): Gap | undefined {
    if (++this.#parts > MOST_PARTS) return undefined;
    const left = alternatives.filter((alternative) => this.#mayTake(alternative, part, cut));
    const gaps = left.map((alternative) => this.#compare(part, alternative));
    if (gaps.includes(undefined)) return undefined;
    if (left.length === 1) return gaps[0];
    const key = this.#nextKey(part, left, cut);
    const cases = key === undefined ? undefined : this.#cases.get(key);
    if (key === undefined || cases === undefined) {
      return key === undefined ? this.#fitsNone(part) : undefined;
    }
    const others = new Set(cut).add(key);
    for (const one of cases) {
      const properties = new Map(part.properties).set(key, one);
      const gap = this.#comparePart({ ...part, properties }, left, others);
      if (gap !== undefined) return gap;
    }
    return undefined;
  }

  /** Cut further, the part would still not fit where one of its cases does not. */
  #mayTake(alternative: Member, part: ObjectShape, cut: ReadonlySet<string>): boolean {
    if (alternative.kind !== 'object') return true;
    return [...part.properties.keys()].every(
      (key) =>
        (!cut.has(key) && this.#cases.get(key)?.length !== 1) ||
        compareKey(part, key, alternative, this.#compare) === undefined,
    );
  }

  /** The key with the fewest cases of which some alternative does not take all. */
  #nextKey(
    part: ObjectShape,
    alternatives: readonly Member[],
    cut: ReadonlySet<string>,
  ): string | undefined {
    const count = (key: string): number => this.#cases.get(key)?.length ?? MOST_PARTS + 1;
    return [...part.properties.keys()]
      .filter((key) => !cut.has(key) && count(key) > 1)
      .filter((key) =>
        alternatives.some(
          (alternative) =>
            alternative.kind !== 'object' ||
            compareKey(part, key, alternative, this.#compare) !== undefined,
        ),
      )
      .sort((a, b) => count(a) - count(b))[0];
  }

  #fitsNone(part: ObjectShape): Gap {
    const count = membersOf(this.#expected).length;
    return nearGap(part, this.#expected, `fits none of the ${count} alternatives`);
  }
}

function flatShapeAt(alternative: Member, key: string): Shape | undefined {
  if (alternative.kind !== 'object') return undefined;
  const shape = alternative.properties.get(key)?.shape;
  return shape !== undefined && membersOf(shape).every(isFlat) ? shape : undefined;
}

function isFlat({ kind }: Member): boolean {
  return kind === 'literals' || kind === 'text' || kind === 'number' || kind === 'date';
}
