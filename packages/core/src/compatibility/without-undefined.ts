import { literals, type Property, type Shape, unionOf } from './shape.ts';

/** The same object for the same shape, so that a comparison knows where it has been. */
const known = new WeakMap<Shape, Shape>();

/** The shape's values apart from `undefined`. */
export function withoutUndefined(shape: Shape): Shape {
  const same = known.get(shape);
  if (same !== undefined) return same;
  const made = make(shape);
  known.set(shape, made);
  return made;
}

/** Where the key may be absent, an `undefined` in its place is the same to nearly everybody. */
export function valueIfPresent({ shape, required }: Property): Shape {
  return required ? shape : withoutUndefined(shape);
}

function make(shape: Shape): Shape {
  switch (shape.kind) {
    case 'literals': {
      if (!shape.values.has(undefined)) return shape;
      const others = [...shape.values].filter((value) => value !== undefined);
      return literals(others, shape.narrowed);
    }
    case 'union':
      return unionOf(shape.members.map(withoutUndefined), shape.narrowed);
    case 'reference':
      // Followed when it is needed: while a recursive schema is read, its target is not there yet.
      return { kind: 'reference', target: () => withoutUndefined(shape.target()) };
    default:
      return shape;
  }
}
