import { compareKey } from './compare-objects.ts';
import { type Compare, type Gap, gapWithin, nearGap } from './gap.ts';
import { type Member, membersOf } from './members-of.ts';
import { type ObjectShape, type Property, type Shape, unionOf } from './shape.ts';
import { propertyVariants } from './shape-variants.ts';
import { valueIfPresent } from './without-undefined.ts';

/** More parts of the provider's values are not looked at: the consumer is taken to know them all. */
const MOST_PARTS = 256;

/**
 * Compares an object with alternatives of which none takes all its values. It is cut, key by key, until
 * each part has an alternative that takes it, or one part is left with none.
 */
export class AlternativeChoice {
  readonly #provided: ObjectShape;
  readonly #expected: Shape;
  readonly #compare: Compare;
  /** By key, the cases in which its values come; undefined: too many. */
  readonly #cases: ReadonlyMap<string, readonly Property[] | undefined>;
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
    const keys = new Set(alternatives.flatMap(keysOf));
    for (const key of keys) {
      const gap = this.#compareFlatKey(key, alternatives);
      if (gap !== undefined) return gapWithin(key, gap);
    }
    const single = [...this.#cases].filter(([, cases]) => cases?.length === 1);
    return this.#comparePart(this.#provided, alternatives, new Set(single.map(([key]) => key)));
  }

  /** The best reason of all: a key that tells the alternatives apart, with a value that none of them has. */
  #compareFlatKey(key: string, alternatives: readonly Member[]): Gap | undefined {
    const wanted = alternatives.flatMap((alternative) => flatShapeAt(alternative, key) ?? []);
    if (wanted.length < alternatives.length) return undefined;
    const expected = unionOf(wanted);
    const given = this.#provided.properties.get(key);
    if (given !== undefined) return this.#compare(valueIfPresent(given), expected);
    const gaps = alternatives.map((alternative) => this.#gapAt(key, this.#provided, alternative));
    const [first] = gaps;
    return first === undefined || gaps.includes(undefined)
      ? undefined
      : { ...first, expects: expected };
  }

  /** @param cut keys of which the part has one case */
  #comparePart(
    part: ObjectShape,
    alternatives: readonly Member[],
    cut: ReadonlySet<string>,
  ): Gap | undefined {
    if (++this.#parts > MOST_PARTS) return undefined;
    // Before anything else, so that each part is compared with the alternative that was meant for it.
    const telling = this.#tellingKey(part, alternatives, cut);
    const left =
      telling === undefined
        ? alternatives.filter((alternative) => this.#mayTake(alternative, part, cut))
        : alternatives;
    if (left.length < 2) return this.#compareLast(part, left.length === 1 ? left : alternatives);
    const isTaken = left.some((alternative) => this.#compare(part, alternative) === undefined);
    if (isTaken) return undefined;
    const key = telling ?? this.#nextKey(part, left, cut);
    return key === undefined ? this.#fitsNone(part) : this.#compareCases(part, key, left, cut);
  }

  #compareCases(
    part: ObjectShape,
    key: string,
    alternatives: readonly Member[],
    cut: ReadonlySet<string>,
  ): Gap | undefined {
    const others = new Set(cut).add(key);
    // None where they are too many, which leaves the matter open.
    for (const one of this.#cases.get(key) ?? []) {
      const properties = new Map(part.properties).set(key, one);
      const gap = this.#comparePart({ ...part, properties }, alternatives, others);
      if (gap !== undefined) return gap;
    }
    return undefined;
  }

  /** A key by whose literals all alternatives are told apart. */
  #tellingKey(
    part: ObjectShape,
    alternatives: readonly Member[],
    cut: ReadonlySet<string>,
  ): string | undefined {
    return keysOf(part).find(
      (key) =>
        !cut.has(key) &&
        alternatives.every((alternative) => isDiscriminator(alternative, key)) &&
        alternatives.some((alternative) => this.#gapAt(key, part, alternative) !== undefined),
    );
  }

  /** However it is cut further, the part does not fit where one of its cases does not. */
  #mayTake(alternative: Member, part: ObjectShape, cut: ReadonlySet<string>): boolean {
    const keys = new Set([...keysOf(part), ...keysOf(alternative)]);
    return [...keys].every(
      (key) =>
        (part.properties.has(key) && !cut.has(key)) ||
        this.#gapAt(key, part, alternative) === undefined,
    );
  }

  /** The one alternative that is left, or was meant: the part has its literals. */
  #compareLast(part: ObjectShape, alternatives: readonly Member[]): Gap | undefined {
    const meant = alternatives.filter((alternative) =>
      keysOf(alternative).every(
        (key) =>
          !isDiscriminator(alternative, key) || this.#gapAt(key, part, alternative) === undefined,
      ),
    );
    const [only, ...others] = alternatives.length === 1 ? alternatives : meant;
    return only === undefined || others.length > 0
      ? this.#fitsNone(part)
      : this.#compare(part, only);
  }

  /** The key with the fewest cases of which some alternative does not take all. */
  #nextKey(
    part: ObjectShape,
    alternatives: readonly Member[],
    cut: ReadonlySet<string>,
  ): string | undefined {
    const count = (key: string): number => this.#cases.get(key)?.length ?? MOST_PARTS;
    return keysOf(part)
      .filter((key) => !cut.has(key))
      .filter((key) =>
        alternatives.some(
          (alternative) =>
            alternative.kind !== 'object' || this.#gapAt(key, part, alternative) !== undefined,
        ),
      )
      .sort((a, b) => count(a) - count(b))[0];
  }

  #gapAt(key: string, part: ObjectShape, alternative: Member): Gap | undefined {
    if (alternative.kind !== 'object') return undefined;
    return compareKey(part, key, alternative, this.#compare);
  }

  #fitsNone(part: ObjectShape): Gap {
    const count = membersOf(this.#expected).length;
    return nearGap(part, this.#expected, () => `fits none of the ${count} alternatives`);
  }
}

function keysOf(member: Member): string[] {
  return member.kind === 'object' ? [...member.properties.keys()] : [];
}

function isDiscriminator(alternative: Member, key: string): boolean {
  const shape = flatShapeAt(alternative, key);
  return shape !== undefined && membersOf(shape).every(({ kind }) => kind === 'literals');
}

/** Of a key that holds neither objects nor lists. */
function flatShapeAt(alternative: Member, key: string): Shape | undefined {
  if (alternative.kind !== 'object') return undefined;
  const shape = alternative.properties.get(key)?.shape;
  return shape !== undefined && membersOf(shape).every(isFlat) ? shape : undefined;
}

function isFlat({ kind }: Member): boolean {
  return (
    kind === 'literals' ||
    kind === 'text' ||
    kind === 'number' ||
    kind === 'bigint' ||
    kind === 'date'
  );
}
