import { isKeyOf } from './is-key-of.ts';
import {
  type BothShape,
  NEVER,
  type ObjectShape,
  type Property,
  resolved,
  type Shape,
  UNKNOWN,
} from './shape.ts';

/** The same object for the same shape, so that a comparison knows where it has been. */
const merged = new WeakMap<BothShape, ObjectShape | undefined>();

/**
 * One object for several that a value fits all at once; undefined when one of them is no object. The parser
 * gives each of them its own keys, then puts the results together.
 */
export function mergeObjects(both: BothShape): ObjectShape | undefined {
  if (merged.has(both)) return merged.get(both);
  // What an intersection finds where it is a member of itself.
  merged.set(both, undefined);
  const objects = both.members.map((member) => {
    const here = resolved(member);
    return here.kind === 'both' ? mergeObjects(here) : here;
  });
  const made = objects.every((object) => object?.kind === 'object') ? merge(objects) : undefined;
  merged.set(both, made);
  return made;
}

function merge(objects: readonly ObjectShape[]): ObjectShape {
  const keys = new Set(objects.flatMap(({ properties }) => [...properties.keys()]));
  const open = objects.filter(({ rest }) => resolved(rest).kind !== 'never');
  const isTold = open.every(({ names }) => names === undefined);
  return {
    kind: 'object',
    properties: new Map(Array.from(keys, (key) => [key, mergeProperty(objects, key)])),
    rest: isTold ? bothOf(open.map(({ rest }) => rest)) : UNKNOWN,
    names: undefined,
  };
}

/** What one object says of a key by name, another may say of all its keys. */
function mergeProperty(objects: readonly ObjectShape[], key: string): Property {
  const named = objects.flatMap(({ properties }) => properties.get(key) ?? []);
  const others = objects.flatMap(({ properties, rest, names }) => {
    const { kind } = resolved(rest);
    const isOpen = kind === 'never' || kind === 'unknown';
    return isOpen || properties.has(key) || isKeyOf(names, key) !== true ? [] : [rest];
  });
  return {
    shape: bothOf([...named.map(({ shape }) => shape), ...others]),
    required: named.some(({ required }) => required),
  };
}

function bothOf(members: readonly Shape[]): Shape {
  const [only = NEVER] = members;
  return members.length <= 1 ? only : { kind: 'both', members };
}

/** The same object for the same shape, so that a comparison knows where it has been. */
const opened = new WeakMap<Shape, Shape>();

/** The parser refuses a key of an intersection only when all its members do, so no member does it alone. */
export function withOtherKeys(shape: Shape): Shape {
  const same = opened.get(shape);
  if (same !== undefined) return same;
  const made = open(shape);
  opened.set(shape, made);
  return made;
}

function open(shape: Shape): Shape {
  switch (shape.kind) {
    case 'object': {
      const isStrict = resolved(shape.rest).kind === 'never' || shape.names !== undefined;
      return { ...shape, rest: isStrict ? UNKNOWN : shape.rest, names: undefined };
    }
    case 'union':
    case 'both':
      return { ...shape, members: shape.members.map(withOtherKeys) };
    case 'reference':
      return { kind: 'reference', target: () => withOtherKeys(shape.target()) };
    default:
      return shape;
  }
}
