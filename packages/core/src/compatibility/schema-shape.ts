import { z } from '../base/zod.ts';
import { markSchema, type SchemaSide } from './mark-schema.ts';
import { resolved, type Shape, UNKNOWN } from './shape.ts';
import { ShapeReader } from './shape-reader.ts';

const shapes: Readonly<Record<SchemaSide, WeakMap<z.core.$ZodType, Shape>>> = {
  input: new WeakMap(),
  output: new WeakMap(),
};

/** Empty: what authors note with `.meta()` is for editors, and would be mixed into the JSON Schema. */
const noMetadata = z.registry<Record<string, unknown>>();

/** What a schema takes or gives, worked out once per schema. */
export function schemaShape(schema: z.core.$ZodType, side: SchemaSide): Shape {
  const known = shapes[side].get(schema);
  if (known !== undefined) return known;
  const shape = readSchema(schema, side);
  shapes[side].set(schema, shape);
  return shape;
}

function readSchema(schema: z.core.$ZodType, side: SchemaSide): Shape {
  const marked: Shape[] = [];
  const partOf = (part: z.core.$ZodType): Shape => ({
    kind: 'reference',
    target: () => schemaShape(part, side),
  });
  const marking = { side, shapes: marked, partOf };
  try {
    const json = z.toJSONSchema(schema, {
      io: side,
      unrepresentable: 'any',
      // Inlined, a schema in which each part is used twice doubles at every level.
      reused: 'ref',
      metadata: noMetadata,
      override: ({ zodSchema, jsonSchema }) => markSchema(zodSchema, jsonSchema, marking),
    });
    return resolved(new ShapeReader(json, marked).read(json));
  } catch {
    // A schema of another zod, one deeper than the stack, or code of its author's that throws.
    return UNKNOWN;
  }
}
