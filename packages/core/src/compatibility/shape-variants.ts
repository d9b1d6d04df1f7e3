import { type ListShape, literals, NEVER, type Property, resolved, type Shape } from './shape.ts';
import { valueIfPresent } from './without-undefined.ts';

/** So deep are a shape's parts cut, too: a recursive one has no end of cases. */
const CUT_LEVELS = 4;

/**
 * The cases in which the values of a key come: of `"a" | "b"` the one and the other, of an optional key its
 * absence. Undefined when there are more than `most`.
 */
export function propertyVariants(
  property: Property,
  most: number,
  levels = CUT_LEVELS,
): readonly Property[] | undefined {
  const cases = variantsOf(valueIfPresent(property), most, levels);
  const present = cases?.map((shape) => ({ shape, required: true }));
  return property.required ? present : present?.concat({ shape: NEVER, required: false });
}

/** A list by the items that have a place of their own: `["a" | "b"]` into `["a"]` and `["b"]`. */
export function listVariants(
  list: ListShape,
  most: number,
  levels = CUT_LEVELS,
): readonly ListShape[] | undefined {
  const items = list.first.map((item) => variantsOf(item, most, levels - 1));
  return product(items, most)?.map((first) => ({ ...list, first }));
}

function variantsOf(shape: Shape, most: number, levels: number): readonly Shape[] | undefined {
  const here = resolved(shape);
  if (levels === 0) return [here];
  switch (here.kind) {
    case 'literals':
      if (here.values.size > most) return undefined;
      return Array.from(here.values, (value) => literals([value]));
    case 'union':
      return unionVariants(here.members, most, levels);
    case 'list':
      return listVariants(here, most, levels);
    case 'object': {
      const keys = [...here.properties.keys()];
      const cases = Array.from(here.properties.values(), (property) =>
        propertyVariants(property, most, levels - 1),
      );
      return product(cases, most)?.map((properties) => ({
        ...here,
        properties: new Map(properties.map((property, index) => [keys[index] ?? '', property])),
      }));
    }
    default:
      return [here];
  }
}

function unionVariants(
  members: readonly Shape[],
  most: number,
  levels: number,
): readonly Shape[] | undefined {
  const variants: Shape[] = [];
  for (const member of members) {
    const own = variantsOf(member, most - variants.length, levels - 1);
    if (own === undefined) return undefined;
    variants.push(...own);
  }
  return variants.length > most ? undefined : variants;
}

/** One of each, in all ways. */
function product<Item>(
  choices: readonly (readonly Item[] | undefined)[],
  most: number,
): readonly (readonly Item[])[] | undefined {
  let ways: Item[][] = [[]];
  for (const items of choices) {
    if (items === undefined || ways.length * items.length > most) return undefined;
    ways = ways.flatMap((way) => items.map((item) => [...way, item]));
  }
  return ways;
}
