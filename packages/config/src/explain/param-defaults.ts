import { type BoundStage, type PathSegment, z } from '@millrace/core';
import { type ConfigNode, childOf, type MapNode } from '../tree/config-node.ts';
import type { DefaultValue } from './default-value.ts';
import { writtenDefault } from './value-unit.ts';

/** The params that the schema of a stage adds to those written, and those that it knows and nobody gives. */
export function paramDefaults(stage: MapNode, { blueprint, params }: BoundStage): DefaultValue[] {
  const written = childOf(stage, 'with');
  const { params: schema } = blueprint.spec;
  const added = [...valuesBeside(params.value, written, ['with'])].map(
    ({ path, value, by }): DefaultValue => ({
      path,
      value: writtenDefault(schema, path.slice(1).map(String), value),
      by,
    }),
  );
  const given = new Set(added.map(({ path }) => path[1]));
  const optional = shapeKeys(schema)
    .filter((key) => childOf(written, key) === undefined && !given.has(key))
    .map((key): DefaultValue => ({ path: ['with', key], value: undefined, by: 'schema' }));
  return [...added, ...optional];
}

function* valuesBeside(
  value: unknown,
  written: ConfigNode | undefined,
  path: readonly PathSegment[],
): Generator<DefaultValue> {
  if (written !== undefined && (written.kind !== 'map' || written.redacted !== undefined)) return;
  if (!isPlain(value) || Object.keys(value).length === 0) {
    if (written === undefined) yield { path, value, by: 'schema' };
    return;
  }
  for (const [key, inner] of Object.entries(value))
    yield* valuesBeside(inner, childOf(written, key), [...path, key]);
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** The keys of the object that a params schema reads. */
function shapeKeys(schema: unknown): readonly string[] {
  if (schema instanceof z.core.$ZodObject) return Object.keys(schema._zod.def.shape);
  if (schema instanceof z.core.$ZodPipe) return shapeKeys(schema._zod.def.in);
  const inner: unknown =
    schema instanceof z.core.$ZodType ? Reflect.get(schema._zod.def, 'innerType') : undefined;
  return inner === undefined ? [] : shapeKeys(inner);
}
