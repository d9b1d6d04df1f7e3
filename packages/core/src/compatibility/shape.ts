/**
 * What a schema tells of its values, in the terms in which two schemas are compared. A shape may lead back
 * to itself, through references only.
 */
export type Shape =
  | UnknownShape
  | NeverShape
  | LiteralsShape
  | TextShape
  | NumberShape
  | PlainShape
  | ObjectShape
  | ListShape
  | MapShape
  | SetShape
  | UnionShape
  | BothShape
  | ReferenceShape;

/** Anything, or something that nobody can tell: a transform's result, an instance of a class. */
export interface UnknownShape {
  readonly kind: 'unknown';
}

/** No value at all. */
export interface NeverShape {
  readonly kind: 'never';
}

export type Literal = string | number | bigint | boolean | null | undefined;

/** One of some known values: an enum, `null`, `undefined`, NaN; true and false for a boolean. */
export interface LiteralsShape extends Narrowable {
  readonly kind: 'literals';
  readonly values: ReadonlySet<Literal>;
}

export interface TextShape extends Narrowable {
  readonly kind: 'text';
  /** Of its length. */
  readonly bounds: Bounds;
}

export interface NumberShape extends Narrowable {
  readonly kind: 'number';
  readonly bounds: Bounds;
  /** No value has a fraction. */
  readonly whole: boolean;
}

export interface PlainShape {
  readonly kind: 'bigint' | 'date';
}

export interface ObjectShape {
  readonly kind: 'object';
  readonly properties: ReadonlyMap<string, Property>;
  /** Values of all other keys: `never` where there are none, `unknown` where they are not looked at. */
  readonly rest: Shape;
  /** What those other keys must be; undefined: any text. */
  readonly names: Shape | undefined;
}

export interface Property {
  readonly shape: Shape;
  /** The key is always there. */
  readonly required: boolean;
}

/** A list or a tuple. */
export interface ListShape extends Narrowable {
  readonly kind: 'list';
  /** Items with a place of their own. */
  readonly first: readonly Shape[];
  /** How many of `first` cannot be left out. */
  readonly required: number;
  /** The items that follow; `never` where none may. */
  readonly rest: Shape;
  /** Of its length. */
  readonly bounds: Bounds;
}

export interface MapShape {
  readonly kind: 'map';
  readonly key: Shape;
  readonly value: Shape;
}

export interface SetShape {
  readonly kind: 'set';
  readonly item: Shape;
}

/** Fits at least one member. */
export interface UnionShape extends Narrowable {
  readonly kind: 'union';
  readonly members: readonly Shape[];
}

/** Fits every member. */
export interface BothShape {
  readonly kind: 'both';
  readonly members: readonly Shape[];
}

export interface ReferenceShape {
  readonly kind: 'reference';
  /** Gives the same object each time, so that a comparison knows where it has been. */
  readonly target: () => Shape;
}

interface Narrowable {
  /** A pattern or a function of the author's lets only some of these values pass, nobody knows which. */
  readonly narrowed: boolean;
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
  /** `min` itself is outside; likewise `max`. */
  readonly aboveMin: boolean;
  readonly belowMax: boolean;
}

export const UNKNOWN: Shape = { kind: 'unknown' };
export const NEVER: Shape = { kind: 'never' };

/** More references in a row lead nowhere: they are each other's target. */
const MOST_HOPS = 100;

export function resolved(shape: Shape): Exclude<Shape, ReferenceShape> {
  let here = shape;
  for (let hops = 0; here.kind === 'reference'; hops++) {
    if (hops === MOST_HOPS) return { kind: 'unknown' };
    here = here.target();
  }
  return here;
}

export function literals(values: Iterable<Literal>, narrowed = false): Shape {
  const set = new Set(values);
  return set.size === 0 ? NEVER : { kind: 'literals', values: set, narrowed };
}

/** Flat, without repeated literals; whatever is added to `unknown` stays unknown. */
export function unionOf(shapes: Iterable<Shape>, narrowed = false): Shape {
  const known = new Set<Literal>();
  const members: Shape[] = [];
  for (const shape of flatMembers(shapes)) {
    if (shape.kind === 'unknown') return UNKNOWN;
    if (shape.kind === 'never') continue;
    if (shape.kind !== 'literals' || shape.narrowed) members.push(shape);
    else for (const value of shape.values) known.add(value);
  }
  if (known.size > 0) members.push(literals(known));
  const [only = NEVER] = members;
  return members.length <= 1 && !narrowed ? only : { kind: 'union', members, narrowed };
}

function flatMembers(shapes: Iterable<Shape>): Shape[] {
  return [...shapes].flatMap((shape) =>
    shape.kind === 'union' && !shape.narrowed ? shape.members : [shape],
  );
}
