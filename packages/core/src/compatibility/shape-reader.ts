import type { z } from '../base/zod.ts';
import { type JsonSchema, NARROWED_MARK, PRESENT_MARK, SHAPE_MARK } from './mark-schema.ts';
import {
  type Bounds,
  literals,
  NEVER,
  type Property,
  resolved,
  type Shape,
  UNKNOWN,
  unionOf,
} from './shape.ts';
import { withoutUndefined } from './without-undefined.ts';

/** Turns one marked JSON Schema into shapes. */
export class ShapeReader {
  readonly #root: JsonSchema;
  readonly #marked: readonly Shape[];
  /** One shape per node, so that a recursive schema comes back to the shape where it began. */
  readonly #shapes = new WeakMap<JsonSchema, Shape>();

  /** @param marked by number, as the marks of `root` name them */
  constructor(root: JsonSchema, marked: readonly Shape[]) {
    this.#root = root;
    this.#marked = marked;
  }

  read(node: boolean | JsonSchema | undefined): Shape {
    if (node === false) return NEVER;
    if (typeof node !== 'object') return UNKNOWN;
    const known = this.#shapes.get(node);
    if (known !== undefined) return known;
    const shape = node.$ref === undefined ? this.#readBody(node) : this.#refer(node, node.$ref);
    this.#shapes.set(node, shape);
    return shape;
  }

  #refer(node: JsonSchema, pointer: string): Shape {
    let target: Shape | undefined;
    return {
      kind: 'reference',
      target: () => {
        target ??= this.read(this.#follow(node, pointer));
        return target;
      },
    };
  }

  /** What stands beside a reference narrows what it leads to. */
  #follow({ $ref: _, ...own }: JsonSchema, pointer: string): JsonSchema | undefined {
    const [, name] = /^#\/\$defs\/(.*)$/s.exec(pointer) ?? [];
    const target = name === undefined ? this.#root : this.#root.$defs?.[name];
    return Object.keys(own).length === 0 ? target : { ...target, ...own };
  }

  #readBody(node: JsonSchema): Shape {
    const shape = this.#readKind(node);
    return node[PRESENT_MARK] === true ? withoutUndefined(shape) : shape;
  }

  #readKind(node: JsonSchema): Shape {
    const narrowed = node[NARROWED_MARK] === true;
    const mark = node[SHAPE_MARK];
    if (typeof mark === 'number') return narrow(this.#marked[mark] ?? UNKNOWN, narrowed);
    if (node.not !== undefined) return NEVER;
    const types = node.type === undefined ? [] : [node.type].flat();
    if (types.length > 0) {
      return unionOf(types.map((type) => this.#readType(type, node)));
    }
    const alternatives = node.anyOf ?? node.oneOf;
    if (alternatives !== undefined) {
      return unionOf(
        alternatives.map((member) => this.read(member)),
        narrowed,
      );
    }
    if (node.allOf === undefined) return UNKNOWN;
    return { kind: 'both', members: node.allOf.map((member) => this.read(member)) };
  }

  #readType(type: z.core.JSONSchema.SchemaType, node: JsonSchema): Shape {
    const narrowed = node[NARROWED_MARK] === true;
    switch (type) {
      case 'string':
        return {
          kind: 'text',
          bounds: boundsOf(node.minLength ?? 0, node.maxLength),
          narrowed: narrowed || node.pattern !== undefined,
        };
      case 'number':
      case 'integer':
        return {
          kind: 'number',
          bounds: numberBounds(node),
          whole: type === 'integer' || Number.isInteger(node.multipleOf),
          narrowed,
        };
      case 'boolean':
        return literals([true, false], narrowed);
      case 'null':
        return literals([null]);
      case 'array':
        return this.#readList(node, narrowed);
      case 'object':
        return this.#readObject(node);
      default:
        return UNKNOWN;
    }
  }

  #readList(node: JsonSchema, narrowed: boolean): Shape {
    const first = (node.prefixItems ?? []).map((item) => this.read(item));
    const rest = Array.isArray(node.items) ? UNKNOWN : this.read(node.items);
    const bounds = boundsOf(node.minItems ?? 0, node.maxItems);
    const required = first.length === 0 ? 0 : bounds.min;
    return { kind: 'list', first, required, rest, bounds, narrowed };
  }

  #readObject(node: JsonSchema): Shape {
    const required = new Set(node.required);
    const properties = new Map<string, Property>();
    const add = (key: string, shape: Shape): void => {
      // The parser drops this key, whoever declares it.
      if (key !== '__proto__') properties.set(key, { shape, required: required.has(key) });
    };
    for (const [key, value] of Object.entries(node.properties ?? {})) add(key, this.read(value));
    const rest = this.read(node.additionalProperties);
    if (node.propertyNames === undefined)
      return { kind: 'object', properties, rest, names: undefined };
    const names = resolved(this.read(node.propertyNames));
    if (names.kind !== 'literals' || names.narrowed) {
      return { kind: 'object', properties, rest, names: isAnyText(names) ? undefined : names };
    }
    const keys = Array.from(names.values, String);
    for (const key of keys) add(key, rest);
    return { kind: 'object', properties, rest: NEVER, names: undefined };
  }
}

function isAnyText(names: Shape): boolean {
  if (names.kind !== 'text' || names.narrowed) return false;
  return names.bounds.min === 0 && names.bounds.max === Number.POSITIVE_INFINITY;
}

function narrow(shape: Shape, narrowed: boolean): Shape {
  return shape.kind === 'literals' && narrowed ? { ...shape, narrowed } : shape;
}

function numberBounds(node: JsonSchema): Bounds {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = node;
  const aboveMin = typeof exclusiveMinimum === 'number';
  const belowMax = typeof exclusiveMaximum === 'number';
  return {
    // An infinite limit is null in JSON.
    min: (aboveMin ? exclusiveMinimum : minimum) ?? Number.NEGATIVE_INFINITY,
    max: (belowMax ? exclusiveMaximum : maximum) ?? Number.POSITIVE_INFINITY,
    aboveMin,
    belowMax,
  };
}

function boundsOf(min: number, max: number | undefined): Bounds {
  return { min, max: max ?? Number.POSITIVE_INFINITY, aboveMin: false, belowMax: false };
}
