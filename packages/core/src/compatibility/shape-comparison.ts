import { compareAlternatives } from './compare-alternatives.ts';
import { compareLists } from './compare-lists.ts';
import { compareLiterals } from './compare-literals.ts';
import { ANY_KEY, compareObjects } from './compare-objects.ts';
import { compareScalars } from './compare-scalars.ts';
import { type Compare, type Gap, gapWithin, kindGap, nearGap, perhaps } from './gap.ts';
import { mergeObjects, withOtherKeys } from './intersections.ts';
import type { Member } from './members-of.ts';
import {
  type BothShape,
  type MapShape,
  type ReferenceShape,
  resolved,
  type Shape,
  type UnionShape,
} from './shape.ts';

/** Pairs that one comparison looks at; what lies beyond is taken to fit. */
const MOST_PAIRS = 30_000;
const DEEPEST = 64;

type Resolved = Exclude<Shape, ReferenceShape>;

/** Compares two shapes once, with all that they are made of. */
export class ShapeComparison {
  /** A pair under way counts as fit: whatever is wrong with it is found where it was begun. */
  readonly #known = new Map<Shape, Map<Shape, Gap | undefined>>();
  #pairs = 0;
  #depth = 0;

  /** Undefined when all that `provided` gives is fit for `expected`, or when that cannot be told. */
  readonly compare: Compare = (provided, expected) => {
    const given = resolved(provided);
    const wanted = resolved(expected);
    const known = this.#known.get(given) ?? new Map<Shape, Gap | undefined>();
    if (known.has(wanted)) return known.get(wanted);
    if (this.#depth === DEEPEST || this.#pairs === MOST_PAIRS) return undefined;
    // As quickly compared as looked up.
    if (given.kind === 'literals' && wanted.kind === 'literals')
      return this.#compareResolved(given, wanted);
    this.#pairs++;
    this.#known.set(given, known.set(wanted, undefined));
    this.#depth++;
    const gap = this.#compareResolved(given, wanted);
    this.#depth--;
    known.set(wanted, gap);
    return gap;
  };

  #compareResolved(provided: Resolved, expected: Resolved): Gap | undefined {
    if (provided.kind === 'unknown' || provided.kind === 'never') return undefined;
    if (expected.kind === 'unknown') return undefined;
    if (expected.kind === 'never') {
      return nearGap(provided, expected, () => 'is given, though nothing is accepted');
    }
    if (expected.kind === 'both') return this.#compareWithBoth(provided, expected);
    if (provided.kind === 'union') return this.#compareUnion(provided, expected);
    if (provided.kind === 'both') return this.#compareBoth(provided, expected);
    if (provided.kind === 'literals') return compareLiterals(provided, expected, this.compare);
    if (expected.kind === 'union') return compareAlternatives(provided, expected, this.compare);
    return this.#compareKinds(provided, expected);
  }

  #compareKinds(provided: Member, expected: Member): Gap | undefined {
    switch (provided.kind) {
      case 'text':
      case 'number':
      case 'bigint':
      case 'date':
        return compareScalars(provided, expected);
      case 'object':
        if (expected.kind === 'object') return compareObjects(provided, expected, this.compare);
        break;
      case 'list':
        if (expected.kind === 'list') return compareLists(provided, expected, this.compare);
        break;
      case 'map':
        if (expected.kind === 'map') return this.#compareMaps(provided, expected);
        break;
      case 'set':
        if (expected.kind === 'set') {
          const gap = this.compare(provided.item, expected.item);
          return gap && gapWithin(ANY_KEY, gap);
        }
    }
    return kindGap(provided, expected);
  }

  #compareMaps(provided: MapShape, expected: MapShape): Gap | undefined {
    const key = this.compare(provided.key, expected.key);
    if (key !== undefined) return nearGap(provided, expected, () => `has a key that ${key.why()}`);
    const value = this.compare(provided.value, expected.value);
    return value && gapWithin(ANY_KEY, value);
  }

  #compareUnion(provided: UnionShape, expected: Resolved): Gap | undefined {
    let found: Gap | undefined;
    for (const member of provided.members) {
      const gap = this.compare(member, expected);
      if (gap === undefined && provided.narrowed) return undefined;
      found ??= gap;
      if (found !== undefined && !provided.narrowed) break;
    }
    if (found === undefined || found.path.length > 0) return found;
    return perhaps(found, provided, expected);
  }

  #compareWithBoth(provided: Resolved, expected: BothShape): Gap | undefined {
    const merged = mergeObjects(expected);
    if (merged !== undefined) return this.compare(provided, merged);
    for (const member of expected.members) {
      const gap = this.compare(provided, withOtherKeys(member));
      if (gap !== undefined) return gap;
    }
    return undefined;
  }

  /** A value that fits several shapes is told from one of them only when its very kind is wrong. */
  #compareBoth(provided: BothShape, expected: Resolved): Gap | undefined {
    const merged = mergeObjects(provided);
    if (merged !== undefined) return this.compare(merged, expected);
    for (const member of provided.members.map(resolved)) {
      if ('members' in member || member.kind === 'literals') continue;
      const gap = this.compare(member, expected);
      if (gap !== undefined && !gap.isNear) return gap;
    }
    return undefined;
  }
}
